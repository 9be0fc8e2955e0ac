package io.cpdevents.registration.questions;

import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.error.RuleViolation.FieldError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All questions of an event, as they are asked of somebody who registers. */
public record Questionnaire(List<Question> questions) {

  /** An event that asks nothing. */
  public static final Questionnaire NONE = new Questionnaire(List.of());

  private static final String YES = "true";
  private static final List<String> YES_OR_NO = List.of(YES, "false");

  /** What is answered once: a question, for a ticket or for the buyer. */
  private record Place(UUID questionId, @Nullable Integer ticketIndex) {}

  /**
   * The answers of a registration.
   *
   * @param ticketIds of all its tickets, in the order of the request
   * @throws RuleViolation {@code invalid-request} with all that is missing or wrong
   */
  public List<Answer> answered(List<AnswerGiven> given, List<UUID> ticketIds) {
    List<FieldError> faults = new ArrayList<>();
    List<Answer> answers = new ArrayList<>();
    Set<Place> places = new HashSet<>();
    Map<UUID, Question> byId =
        questions.stream().collect(Collectors.toMap(Question::id, Function.identity()));
    for (int i = 0; i < given.size(); i++) {
      AnswerGiven one = given.get(i);
      String field = "answers[" + i + "]";
      Question question = byId.get(one.questionId());
      if (question == null) {
        faults.add(FieldProblem.NOT_FOUND.at(field + ".questionId"));
      } else if (!places.add(new Place(question.id(), one.ticketIndex()))) {
        faults.add(FieldProblem.GIVEN_TWICE.at(field));
      } else {
        faults.addAll(faultsOf(question, one, ticketIds.size(), field));
        answers.add(answer(question, one, ticketIds));
      }
    }
    faults.addAll(missing(places, ticketIds.size()));
    if (!faults.isEmpty()) {
      throw CommonProblem.INVALID_REQUEST.violation(faults);
    }
    return answers;
  }

  private static List<FieldError> faultsOf(
      Question question, AnswerGiven given, int tickets, String field) {
    List<FieldError> faults = new ArrayList<>();
    Integer index = given.ticketIndex();
    if (question.per() == AnsweredPer.TICKET && index == null) {
      faults.add(FieldProblem.REQUIRED.at(field + ".ticketIndex"));
    } else if (index != null && (question.per() == AnsweredPer.BUYER || index >= tickets)) {
      faults.add(FieldProblem.OUT_OF_RANGE.at(field + ".ticketIndex"));
    }
    allowed(question)
        .filter(values -> !values.contains(given.value()))
        .ifPresent(values -> faults.add(FieldProblem.WRONG_TYPE.at(field + ".value", values)));
    return faults;
  }

  /** The only values that answer it; empty: any. */
  private static Optional<List<String>> allowed(Question question) {
    return switch (question.kind()) {
      case TEXT -> Optional.empty();
      case CHOICE -> Optional.of(Objects.requireNonNullElse(question.choices(), List.of()));
      case CONSENT -> Optional.of(question.required() ? List.of(YES) : YES_OR_NO);
    };
  }

  private static Answer answer(Question question, AnswerGiven given, List<UUID> ticketIds) {
    Integer index = given.ticketIndex();
    UUID ticketId = index == null || index >= ticketIds.size() ? null : ticketIds.get(index);
    return new Answer(question.id(), question.label(), question.kind(), ticketId, given.value());
  }

  private List<FieldError> missing(Set<Place> places, int tickets) {
    List<FieldError> missing = new ArrayList<>();
    for (Question question : questions) {
      if (question.required() && question.per() == AnsweredPer.BUYER) {
        if (!places.contains(new Place(question.id(), null))) {
          missing.add(FieldProblem.REQUIRED.at("answers." + question.id()));
        }
      } else if (question.required()) {
        for (int i = 0; i < tickets; i++) {
          if (!places.contains(new Place(question.id(), i))) {
            missing.add(
                FieldProblem.REQUIRED.at("tickets[%d].answers.%s".formatted(i, question.id())));
          }
        }
      }
    }
    return missing;
  }
}
