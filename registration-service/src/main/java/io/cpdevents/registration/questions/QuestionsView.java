package io.cpdevents.registration.questions;

import io.cpdevents.platform.web.Versioned;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * All questions of an event, in their order.
 *
 * @param version of the event: it rises with each change of the event or of what belongs to it
 */
@Schema(name = "Questions")
public record QuestionsView(long version, List<Question> data) implements Versioned {}
