package io.cpdevents.registration.questions;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was answered, with the question as it was asked then.
 *
 * @param ticketId the ticket that it is about; null for a question to the buyer
 * @param value null when the person was erased
 */
public record Answer(
    UUID questionId,
    String label,
    QuestionKind kind,
    @Nullable UUID ticketId,
    @Nullable String value) {}
