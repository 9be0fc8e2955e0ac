package io.cpdevents.registration.questions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cpdevents.platform.Ids;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.error.RuleViolation.FieldError;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class QuestionnaireTest {

  private static final UUID FIRST = Ids.next();
  private static final UUID SECOND = Ids.next();
  private static final List<UUID> TICKETS = List.of(FIRST, SECOND);

  private final Question licence =
      new Question(Ids.next(), "Your licence", QuestionKind.TEXT, false, AnsweredPer.BUYER, null);
  private final Question meal =
      new Question(
          Ids.next(),
          "Meal",
          QuestionKind.CHOICE,
          true,
          AnsweredPer.TICKET,
          List.of("Meat", "None"));
  private final Question terms =
      new Question(
          Ids.next(), "I accept the terms", QuestionKind.CONSENT, true, AnsweredPer.BUYER, null);
  private final Question photos =
      new Question(Ids.next(), "Photos", QuestionKind.CONSENT, false, AnsweredPer.BUYER, null);
  private final Questionnaire questionnaire =
      new Questionnaire(List.of(licence, meal, terms, photos));

  @Test
  void answers_are_kept_with_the_question_as_it_was_asked() {
    assertThat(
            questionnaire.answered(
                List.of(given(meal, 1, "None"), given(meal, 0, "Meat"), given(terms, null, "true")),
                TICKETS))
        .containsExactly(
            new Answer(meal.id(), "Meal", QuestionKind.CHOICE, SECOND, "None"),
            new Answer(meal.id(), "Meal", QuestionKind.CHOICE, FIRST, "Meat"),
            new Answer(terms.id(), "I accept the terms", QuestionKind.CONSENT, null, "true"));
  }

  @Test
  void what_is_missing_is_named_for_each_ticket() {
    assertThat(faults(given(meal, 0, "Meat")))
        .containsExactly(
            "tickets[1].answers." + meal.id() + ": required",
            "answers." + terms.id() + ": required");
  }

  @Test
  void what_does_not_fit_its_question_is_refused() {
    assertThat(
            faults(
                given(meal, 0, "Meat"),
                given(meal, null, "None"),
                given(meal, 2, "None"),
                given(meal, 1, "Fish"),
                given(meal, 1, "None"),
                given(terms, null, "false"),
                given(photos, null, "maybe"),
                given(licence, 0, "RN 1"),
                new AnswerGiven(FIRST, null, "What?")))
        .containsExactly(
            "answers[1].ticketIndex: required",
            "answers[2].ticketIndex: out-of-range",
            "answers[3].value: wrong-type",
            "answers[4]: given-twice",
            "answers[5].value: wrong-type",
            "answers[6].value: wrong-type",
            "answers[7].ticketIndex: out-of-range",
            "answers[8].questionId: not-found");
  }

  @Test
  void who_asks_nothing_takes_no_answers() {
    assertThat(Questionnaire.NONE.answered(List.of(), TICKETS)).isEmpty();
    assertThatThrownBy(
            () -> Questionnaire.NONE.answered(List.of(given(licence, null, "RN 1")), TICKETS))
        .isInstanceOf(RuleViolation.class);
  }

  private List<String> faults(AnswerGiven... given) {
    try {
      questionnaire.answered(List.of(given), TICKETS);
      return List.of();
    } catch (RuleViolation refused) {
      return refused.errors().stream().map(QuestionnaireTest::text).toList();
    }
  }

  private static String text(FieldError fault) {
    return fault.field() + ": " + fault.code().code();
  }

  private static AnswerGiven given(Question question, @Nullable Integer ticket, String value) {
    return new AnswerGiven(question.id(), ticket, value);
  }
}
