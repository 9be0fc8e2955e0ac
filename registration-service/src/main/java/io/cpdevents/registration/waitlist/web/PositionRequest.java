package io.cpdevents.registration.waitlist.web;

import io.cpdevents.platform.text.Prose;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotBlank;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where somebody waits from now on.
 *
 * @param before the entry that comes right behind it then; null or left out: it is the last one
 * @param reason which whoever waits is told
 */
@Schema(name = "WaitlistPosition")
record PositionRequest(
    @Nullable UUID before,
    @NotBlank @Prose(max = PositionRequest.MAX_REASON_CHARACTERS) String reason) {

  static final int MAX_REASON_CHARACTERS = 500;
}
