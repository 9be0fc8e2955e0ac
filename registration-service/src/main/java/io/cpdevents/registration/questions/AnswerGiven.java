package io.cpdevents.registration.questions;

import io.cpdevents.platform.text.Prose;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody who registers answers.
 *
 * @param ticketIndex the ticket that it is about, by its place in the request, the first is 0; null
 *     for a question to the buyer
 * @param value of a consent {@code true} or {@code false}
 */
@Schema(name = "NewAnswer")
public record AnswerGiven(
    @NotNull UUID questionId,
    @Nullable @Min(0) @Max(AnswerGiven.MAX_TICKET_INDEX) Integer ticketIndex,
    @NotBlank @Prose(max = AnswerGiven.MAX_VALUE_CHARACTERS) String value) {

  /** Every question for every ticket of a registration. */
  public static final int MAX_ANSWERS = 600;

  static final int MAX_TICKET_INDEX = 19;
  static final int MAX_VALUE_CHARACTERS = 2_000;
}
