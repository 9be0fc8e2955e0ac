package io.cpdevents.registration.registrations;

import io.cpdevents.contracts.registration.RegistrationEvent;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationConfirmed;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationHeld;
import io.cpdevents.contracts.registration.RegistrationEvent.TicketLine;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.money.Money;
import io.cpdevents.registration.registrations.RegistrationView.TicketView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A registration that is about to take its places, as an offer and a quote make it: held when it
 * costs something, confirmed at once when it is free.
 */
record NewRegistration(
    UUID id,
    UUID accountId,
    Offer offer,
    Quote quote,
    List<TicketWish> wishes,
    List<NewTicket> tickets,
    Instant placedAt) {

  /** How long places wait for money. */
  static final Duration HOLD_TIME = Duration.ofMinutes(30);

  /** A ticket with its secret code. */
  record NewTicket(UUID id, Quote.Line line, Attendee attendee, String code) {

    static NewTicket of(Quote.Line line, Attendee attendee) {
      return new NewTicket(Ids.next(), line, attendee.tidied(), TicketCode.next());
    }
  }

  boolean isFree() {
    return quote.total().isZero();
  }

  RegistrationStatus status() {
    return isFree() ? RegistrationStatus.CONFIRMED : RegistrationStatus.HELD;
  }

  @Nullable Instant holdExpiresAt() {
    return isFree() ? null : placedAt.plus(HOLD_TIME);
  }

  @Nullable Instant confirmedAt() {
    return isFree() ? placedAt : null;
  }

  /** The fact that the others are told. */
  RegistrationEvent fact() {
    EventSummary event = offer.event();
    if (isFree()) {
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
        placedAt,
        placedAt.plus(HOLD_TIME));
  }

  /** The registration as its buyer sees it. */
  RegistrationView view() {
    return new RegistrationView(
        id,
        Reference.of(id),
        status(),
        offer.event(),
        accountId,
        quote.price(),
        quote.discount(),
        quote.total(),
        tickets.stream().map(this::ticketView).toList(),
        offer.refundPolicy(),
        null,
        placedAt,
        holdExpiresAt(),
        confirmedAt(),
        null);
  }

  private static TicketLine ticketLine(NewTicket ticket) {
    Money price = ticket.line().ticketPrice();
    return new TicketLine(
        ticket.id(),
        ticket.line().ticketTypeId(),
        ticket.line().ticketTypeName(),
        price.toAmount(),
        Money.zero(price.currency()).toAmount(),
        price.toAmount());
  }

  private TicketView ticketView(NewTicket ticket) {
    Money price = ticket.line().ticketPrice();
    return new TicketView(
        ticket.id(),
        ticket.line().ticketTypeId(),
        ticket.line().ticketTypeName(),
        ticket.attendee(),
        price,
        Money.zero(price.currency()),
        price,
        isFree() ? ticket.code() : null);
  }
}
