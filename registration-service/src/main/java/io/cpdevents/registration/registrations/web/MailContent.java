package io.cpdevents.registration.registrations.web;

import io.cpdevents.platform.money.Money;
import io.cpdevents.registration.events.EventMode;
import io.cpdevents.registration.registrations.EventSummary;
import io.cpdevents.registration.registrations.MailContentQueries.FormerHolder;
import io.cpdevents.registration.registrations.MailContentQueries.TicketCancellation;
import io.cpdevents.registration.registrations.RegistrationStatus;
import io.cpdevents.registration.registrations.RegistrationView;
import io.cpdevents.registration.registrations.RegistrationView.TicketView;
import io.cpdevents.registration.registrations.TicketStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a mail about a registration shows. */
record MailContent(
    UUID registrationId,
    String reference,
    RegistrationStatus status,
    UUID accountId,
    MailEvent event,
    Money total,
    List<MailTicket> tickets,
    List<FormerHolder> formerHolders) {

  /**
   * The event, with its place and time.
   *
   * @param version rises with each change
   */
  record MailEvent(
      UUID id,
      UUID organizationId,
      long version,
      String title,
      Instant startsAt,
      Instant endsAt,
      String timeZone,
      @Nullable String venue,
      EventMode mode) {}

  /**
   * One attendee's ticket.
   *
   * @param total what was paid for it
   * @param code null unless the registration is confirmed and the ticket valid
   * @param cancellation null unless it was cancelled
   */
  record MailTicket(
      UUID ticketId,
      String ticketTypeName,
      String attendeeName,
      String attendeeEmail,
      TicketStatus status,
      Money total,
      @Nullable String code,
      @Nullable TicketCancellation cancellation) {

    private static MailTicket of(TicketView ticket, @Nullable TicketCancellation cancellation) {
      return new MailTicket(
          ticket.id(),
          ticket.ticketTypeName(),
          ticket.attendee().name(),
          ticket.attendee().email(),
          ticket.status(),
          ticket.total(),
          ticket.code(),
          cancellation);
    }
  }

  /**
   * The content.
   *
   * @param cancellations by ticket
   * @param formerHolders of its tickets
   */
  static MailContent of(
      RegistrationView registration,
      long eventVersion,
      Map<UUID, TicketCancellation> cancellations,
      List<FormerHolder> formerHolders) {
    EventSummary event = registration.event();
    return new MailContent(
        registration.id(),
        registration.reference(),
        registration.status(),
        registration.accountId(),
        new MailEvent(
            event.id(),
            event.organizationId(),
            eventVersion,
            event.title(),
            event.startsAt(),
            event.endsAt(),
            event.timeZone(),
            event.venue(),
            event.mode()),
        registration.total(),
        registration.tickets().stream()
            .map(ticket -> MailTicket.of(ticket, cancellations.get(ticket.id())))
            .toList(),
        formerHolders);
  }
}
