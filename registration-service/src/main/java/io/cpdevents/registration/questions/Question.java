package io.cpdevents.registration.questions;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of those who register for an event.
 *
 * @param label the question, or what one consents to
 * @param required whether nobody registers without answering it
 * @param choices null unless it is answered by one of them
 */
public record Question(
    UUID id,
    String label,
    QuestionKind kind,
    boolean required,
    AnsweredPer per,
    @Nullable List<String> choices) {}
