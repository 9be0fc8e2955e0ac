package io.cpdevents.registration.registrations.web;

import io.cpdevents.platform.money.Money;
import io.cpdevents.registration.events.EventMode;
import io.cpdevents.registration.registrations.RegistrationView;
import io.cpdevents.registration.registrations.RegistrationView.TicketView;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a mail about a registration shows. */
record MailContent(
    UUID registrationId,
    String reference,
    UUID accountId,
    MailEvent event,
    Money total,
    List<MailTicket> tickets) {

  /** The event, with its place and time. */
  record MailEvent(
      UUID id,
      String title,
      Instant startsAt,
      Instant endsAt,
      String timeZone,
      @Nullable String venue,
      EventMode mode) {}

  /**
   * One attendee's ticket.
   *
   * @param code null unless the registration is confirmed
   */
  record MailTicket(
      UUID ticketId,
      String ticketTypeName,
      String attendeeName,
      String attendeeEmail,
      @Nullable String code) {

    static MailTicket of(TicketView ticket) {
      return new MailTicket(
          ticket.id(),
          ticket.ticketTypeName(),
          ticket.attendee().name(),
          ticket.attendee().email(),
          ticket.code());
    }
  }

  static MailContent of(RegistrationView registration) {
    var event = registration.event();
    return new MailContent(
        registration.id(),
        registration.reference(),
        registration.accountId(),
        new MailEvent(
            event.id(),
            event.title(),
            event.startsAt(),
            event.endsAt(),
            event.timeZone(),
            event.venue(),
            event.mode()),
        registration.total(),
        registration.tickets().stream().map(MailTicket::of).toList());
  }
}
