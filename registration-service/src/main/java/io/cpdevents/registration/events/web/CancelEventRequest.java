package io.cpdevents.registration.events.web;

import io.cpdevents.platform.text.Prose;
import io.cpdevents.platform.web.IfMatch;
import io.cpdevents.registration.events.CancelEvent;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Why an event does not take place.
 *
 * @param reason those who have booked can read it
 * @param keepFeeBasisPoints the share of each payment that the organization keeps; 10,000 is
 *     everything, 0 when it is left out
 */
@Schema(name = "NewEventCancellation")
record CancelEventRequest(
    @NotBlank @Prose(max = CancelEventRequest.MAX_REASON_CHARACTERS) String reason,
    @Nullable @Min(0) @Max(CancelEventRequest.MAX_KEEP_FEE_BASIS_POINTS)
        Integer keepFeeBasisPoints) {

  static final int MAX_REASON_CHARACTERS = 1_000;
  static final int MAX_KEEP_FEE_BASIS_POINTS = 10_000;

  CancelEvent.Command toCommand(UUID cancellationId, UUID eventId, IfMatch seen) {
    return new CancelEvent.Command(
        cancellationId, eventId, seen, reason, Objects.requireNonNullElse(keepFeeBasisPoints, 0));
  }
}
