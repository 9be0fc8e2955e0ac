package io.cpdevents.registration.questions;

import io.cpdevents.platform.text.Prose;
import io.cpdevents.platform.text.TypedText;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A question as an organizer wants it.
 *
 * @param id of the question that it replaces; null: it is a new one
 */
@Schema(
    name = "NewQuestion",
    example =
        """
        {"label": "Which meal do you want?", "kind": "choice", "required": true, "per": "ticket",
         "choices": ["Meat", "Vegetables"]}
        """)
public record QuestionTerms(
    @Nullable UUID id,
    @NotBlank @Prose(max = QuestionTerms.MAX_LABEL_CHARACTERS) String label,
    @NotNull QuestionKind kind,
    @NotNull Boolean required,
    @NotNull AnsweredPer per,
    @Nullable
        @Size(min = QuestionTerms.MIN_CHOICES, max = QuestionTerms.MAX_CHOICES)
        @ArraySchema(
            schema =
                @Schema(
                    pattern = QuestionTerms.CHOICE,
                    maxLength = QuestionTerms.MAX_CHOICE_CHARACTERS))
        List<
                @NotNull @Pattern(regexp = QuestionTerms.CHOICE)
                @Size(max = QuestionTerms.MAX_CHOICE_CHARACTERS) String>
            choices) {

  static final int MAX_LABEL_CHARACTERS = 2_000;
  static final int MIN_CHOICES = 1;
  static final int MAX_CHOICES = 50;
  static final int MAX_CHOICE_CHARACTERS = 200;

  /** One line, without what controls or turns the text around it. */
  static final String CHOICE =
      "[^\\u0000-\\u001f\\u007f-\\u009f\\u2028-\\u202e\\u2066-\\u2069\\ufffe\\uffff]+";

  /** With choices in the form in which answers are read. */
  public QuestionTerms {
    if (choices != null && choices.stream().noneMatch(Objects::isNull)) {
      choices = choices.stream().map(TypedText::tidied).toList();
    }
  }

  Question withId(UUID newId) {
    return new Question(newId, label, kind, required, per, choices);
  }
}
