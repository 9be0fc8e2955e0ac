package io.cpdevents.notification.registrations;

import io.cpdevents.notification.registrations.RegistrationContent.CancellationContent;
import io.cpdevents.notification.registrations.RegistrationContent.TicketContent;
import io.cpdevents.notification.writing.Wording;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A ticket that was cancelled, as mails show it. */
record CancelledTicket(String type, String attendee) {

  static List<CancelledTicket> of(List<TicketContent> cancelled, Wording wording) {
    return cancelled.stream()
        .map(ticket ->
            new CancelledTicket(
                wording.line(ticket.ticketTypeName()), wording.line(ticket.attendeeName())))
        .toList();
  }

  /** Why the organization cancelled them together; null when it gave no reason. */
  static @Nullable String reason(List<TicketContent> cancelled, Wording wording) {
    return wording.paragraphOrNull(
        cancelled.stream()
            .map(TicketContent::cancellation)
            .filter(Objects::nonNull)
            .map(CancellationContent::reason)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null));
  }
}
