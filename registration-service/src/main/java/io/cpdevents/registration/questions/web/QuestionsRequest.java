package io.cpdevents.registration.questions.web;

import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.error.FieldRules;
import io.cpdevents.platform.error.RuleViolation.FieldError;
import io.cpdevents.platform.web.IfMatch;
import io.cpdevents.registration.questions.QuestionKind;
import io.cpdevents.registration.questions.QuestionTerms;
import io.cpdevents.registration.questions.ReplaceQuestions;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** All questions of an event, in their order. */
@Schema(name = "NewQuestions")
record QuestionsRequest(
    @NotNull @Size(max = QuestionsRequest.MAX_QUESTIONS) List<@NotNull @Valid QuestionTerms> data)
    implements FieldRules {

  static final int MAX_QUESTIONS = 30;

  @Override
  public List<FieldError> brokenRules() {
    List<FieldError> broken = new ArrayList<>();
    if (data == null) {
      return broken;
    }
    Set<UUID> ids = new HashSet<>();
    for (int i = 0; i < data.size(); i++) {
      QuestionTerms terms = data.get(i);
      if (terms != null) {
        broken.addAll(faultsOf(terms, "data[" + i + "]."));
        if (terms.id() != null && !ids.add(terms.id())) {
          broken.add(FieldProblem.GIVEN_TWICE.at("data[" + i + "].id"));
        }
      }
    }
    return broken;
  }

  private static List<FieldError> faultsOf(QuestionTerms terms, String prefix) {
    List<String> choices = terms.choices();
    if (terms.kind() == null || (terms.kind() == QuestionKind.CHOICE) == (choices != null)) {
      return choices != null && new HashSet<>(choices).size() < choices.size()
          ? List.of(FieldProblem.GIVEN_TWICE.at(prefix + "choices"))
          : List.of();
    }
    return List.of(
        (choices == null ? FieldProblem.REQUIRED : FieldProblem.WRONG_LENGTH)
            .at(prefix + "choices"));
  }

  ReplaceQuestions.Command toCommand(UUID eventId, IfMatch seen) {
    return new ReplaceQuestions.Command(eventId, seen, data);
  }
}
