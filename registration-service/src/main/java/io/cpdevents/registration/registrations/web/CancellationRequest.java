package io.cpdevents.registration.registrations.web;

import io.cpdevents.platform.text.Prose;
import io.cpdevents.registration.events.TicketTypeTerms;
import io.cpdevents.registration.registrations.CancelTickets;
import io.cpdevents.registration.registrations.RefundChoice;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tickets to cancel.
 *
 * @param ticketIds all tickets of the registration when it is left out
 * @param reason the buyer and the organization can read it
 * @param refund by the refund policy when it is left out; only owners and admins of the
 *     organization may say it
 */
@Schema(name = "NewCancellation")
record CancellationRequest(
    @Nullable @Size(min = 1, max = TicketTypeTerms.MAX_TICKETS_PER_REGISTRATION)
        List<@NotNull UUID> ticketIds,
    @Nullable @Prose(max = CancellationRequest.MAX_REASON_CHARACTERS) String reason,
    @Nullable RefundChoice refund) {

  static final int MAX_REASON_CHARACTERS = 1_000;

  /** What a request without a body asks for. */
  static final CancellationRequest OF_ALL = new CancellationRequest(null, null, null);

  CancelTickets.Command toCommand(UUID cancellationId, UUID registrationId) {
    return new CancelTickets.Command(
        cancellationId,
        registrationId,
        ticketIds == null ? null : Set.copyOf(ticketIds),
        refund,
        reason);
  }
}
