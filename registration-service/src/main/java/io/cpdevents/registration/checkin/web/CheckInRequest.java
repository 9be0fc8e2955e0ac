package io.cpdevents.registration.checkin.web;

import io.cpdevents.platform.text.OneLine;
import io.cpdevents.registration.checkin.CheckInTicket;
import io.cpdevents.registration.checkin.ScanDirection;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotBlank;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A ticket at a door.
 *
 * @param ticketCode as it was read or typed, in whatever case
 * @param direction {@code in} when it is left out
 */
@Schema(name = "TicketToCheckIn")
record CheckInRequest(
    @NotBlank
        @OneLine(max = CheckInRequest.MAX_CODE_CHARACTERS)
        @Schema(example = "2ZK7M4QXW9B3T6YHCVD8RNPJ5A")
        String ticketCode,
    @Nullable ScanDirection direction) {

  static final int MAX_CODE_CHARACTERS = 64;

  CheckInTicket.Command toCommand(UUID scanId, UUID eventId) {
    return new CheckInTicket.Command(
        scanId, eventId, ticketCode, Objects.requireNonNullElse(direction, ScanDirection.IN));
  }
}
