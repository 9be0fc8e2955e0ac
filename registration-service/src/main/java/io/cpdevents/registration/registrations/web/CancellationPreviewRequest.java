package io.cpdevents.registration.registrations.web;

import io.cpdevents.registration.events.TicketTypeTerms;
import io.cpdevents.registration.registrations.PreviewCancellation;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tickets that might be cancelled.
 *
 * @param ticketIds all tickets of the registration when it is left out
 */
@Schema(name = "TicketsToCancel")
record CancellationPreviewRequest(
    @Nullable @Size(min = 1, max = TicketTypeTerms.MAX_TICKETS_PER_REGISTRATION)
        List<@NotNull UUID> ticketIds) {

  /** What a request without a body asks for. */
  static final CancellationPreviewRequest OF_ALL = new CancellationPreviewRequest(null);

  PreviewCancellation.Command toCommand(UUID registrationId) {
    return new PreviewCancellation.Command(
        registrationId, ticketIds == null ? null : Set.copyOf(ticketIds));
  }
}
