package io.cpdevents.registration.registrations;

import static java.util.stream.Collectors.toMap;

import io.cpdevents.contracts.registration.RegistrationEvent;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationConfirmed;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationHeld;
import io.cpdevents.contracts.registration.RegistrationEvent.TicketLine;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.text.Reference;
import io.cpdevents.registration.registrations.PlaceRegistration.WantedTicket;
import io.cpdevents.registration.registrations.RegistrationView.TicketView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * A registration that is about to take its places, with its tickets and all that was agreed.
 *
 * @param historyEntryId of the first entry of its history
 * @param wanted how many tickets of each type
 */
record NewRegistration(
    Registration registration,
    UUID historyEntryId,
    EventOnSale eventOnSale,
    Quote quote,
    List<TicketQuantity> wanted,
    List<NewTicket> tickets,
    Instant placedAt) {

  /** What makes a ticket unique: its id, and the secret code for the entrance. */
  record TicketKey(UUID id, String code) {}

  /** A ticket with its secret code, and what is off its price. */
  record NewTicket(UUID id, Quote.Line line, Money discount, Attendee attendee, String code) {

    Money price() {
      return line.ticketPrice();
    }

    Money total() {
      return price().minus(discount);
    }

    TicketStatus status() {
      return TicketStatus.VALID;
    }
  }

  /**
   * The registration that somebody asks for, at the prices of the event as it was read.
   *
   * @param wanted how many tickets of each type the command asks for
   * @param keys one for each ticket of the command
   * @throws RuleViolation what {@link EventOnSale#quote}, {@link EventOnSale#requirePlaces} and,
   *     for what is not free, {@link EventOnSale#requireHold} refuse
   */
  static NewRegistration of(
      PlaceRegistration.Command command,
      List<TicketQuantity> wanted,
      EventOnSale event,
      UUID historyEntryId,
      List<TicketKey> keys,
      Instant now) {
    Quote quote = event.quote(wanted, command.codes().promoCode(), now);
    event.requirePlaces(wanted);
    if (quote.total().isPositive()) {
      event.requireHold(wanted);
    }
    return new NewRegistration(
        Registration.placed(
            command.registrationId(),
            command.accountId(),
            event.summary(),
            quote.total(),
            now,
            event.holdTime()),
        historyEntryId,
        event,
        quote,
        wanted,
        tickets(command, quote, keys),
        now);
  }

  private static List<NewTicket> tickets(
      PlaceRegistration.Command command, Quote quote, List<TicketKey> keys) {
    Map<UUID, Quote.Line> lines =
        quote.lines().stream().collect(toMap(Quote.Line::ticketTypeId, line -> line));
    Map<UUID, Iterator<Money>> discounts =
        quote.lines().stream()
            .collect(toMap(Quote.Line::ticketTypeId, line -> line.ticketDiscounts().iterator()));
    List<NewTicket> tickets = new ArrayList<>(keys.size());
    for (int i = 0; i < keys.size(); i++) {
      WantedTicket ticket = command.tickets().get(i);
      tickets.add(
          new NewTicket(
              keys.get(i).id(),
              Objects.requireNonNull(lines.get(ticket.ticketTypeId())),
              Objects.requireNonNull(discounts.get(ticket.ticketTypeId())).next(),
              ticket.attendee(),
              keys.get(i).code()));
    }
    return tickets;
  }

  /** Whether its places wait for money. */
  boolean isHeld() {
    return registration.holdExpiresAt() != null;
  }

  /** Tells other services. */
  RegistrationEvent fact() {
    UUID id = registration.id();
    UUID accountId = registration.accountId();
    EventSummary event = eventOnSale.summary();
    Instant holdExpiresAt = registration.holdExpiresAt();
    if (holdExpiresAt == null) {
      return new RegistrationConfirmed(
          id, accountId, event.id(), event.organizationId(), null, placedAt);
    }
    return new RegistrationHeld(
        id,
        accountId,
        event.id(),
        event.organizationId(),
        event.title(),
        quote.total().toAmount(),
        tickets.stream().map(NewRegistration::ticketLine).toList(),
        eventOnSale.refundPolicy().returnsFee(),
        placedAt,
        holdExpiresAt);
  }

  /** The registration as its buyer sees it. */
  RegistrationView view() {
    return new RegistrationView(
        registration.id(),
        Reference.of(registration.id()),
        registration.status(),
        eventOnSale.summary(),
        registration.accountId(),
        quote.price(),
        quote.discount(),
        quote.total(),
        tickets.stream().map(this::ticketView).toList(),
        eventOnSale.promoCode() == null ? null : eventOnSale.promoCode().code(),
        eventOnSale.refundPolicy(),
        registration.paymentId(),
        placedAt,
        registration.holdExpiresAt(),
        registration.confirmedAt(),
        registration.expiredAt(),
        registration.cancelledAt(),
        List.of());
  }

  private static TicketLine ticketLine(NewTicket ticket) {
    return new TicketLine(
        ticket.id(),
        ticket.line().ticketTypeId(),
        ticket.line().ticketTypeName(),
        ticket.price().toAmount(),
        ticket.discount().toAmount(),
        ticket.total().toAmount());
  }

  private TicketView ticketView(NewTicket ticket) {
    return new TicketView(
        ticket.id(),
        ticket.line().ticketTypeId(),
        ticket.line().ticketTypeName(),
        ticket.attendee(),
        ticket.price(),
        ticket.discount(),
        ticket.total(),
        TicketStatus.VALID,
        null,
        registration.status().opensDoors() ? ticket.code() : null);
  }
}
