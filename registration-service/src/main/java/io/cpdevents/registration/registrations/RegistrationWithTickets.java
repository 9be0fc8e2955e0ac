package io.cpdevents.registration.registrations;

import static io.cpdevents.registration.registrations.RegistrationStatus.TRANSITIONS;

import io.cpdevents.contracts.MoneyAmount;
import io.cpdevents.contracts.billing.RefundCause;
import io.cpdevents.contracts.registration.CancellationCause;
import io.cpdevents.contracts.registration.RegistrationEvent;
import io.cpdevents.contracts.registration.RegistrationEvent.RefundLine;
import io.cpdevents.contracts.registration.RegistrationEvent.RefundRequested;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationCancelled;
import io.cpdevents.contracts.registration.RegistrationEvent.TicketsCancelled;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.state.Outcome.Changed;
import io.cpdevents.platform.state.Outcome.Ignored;
import io.cpdevents.registration.RegistrationProblem;
import io.cpdevents.registration.registrations.Cancellation.CancelledTicket;
import io.cpdevents.registration.registrations.Cancellation.Order;
import io.cpdevents.registration.registrations.RegistrationStatus.Trigger;
import io.cpdevents.registration.registrations.Transition.CancelledBy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A registration with all its tickets, with the rules for cancelling them.
 *
 * @param tickets in their order, those that were cancelled before included
 */
record RegistrationWithTickets(Registration registration, List<Ticket> tickets) {

  /**
   * The tickets that somebody wants to cancel, without those that were cancelled before.
   *
   * @param ticketIds null: all of them
   * @throws RuleViolation {@code ticket-not-found}, {@code already-cancelled} when all of them are,
   *     {@code hold-is-whole} when only some tickets of a hold would be let go, or {@code
   *     wrong-state} when the registration has expired
   */
  List<Ticket> choose(@Nullable Set<UUID> ticketIds) {
    List<Ticket> asked = ticketIds == null ? tickets : find(ticketIds);
    List<Ticket> chosen = asked.stream().filter(ticket -> !ticket.cancelled()).toList();
    if (chosen.isEmpty()) {
      throw RegistrationProblem.ALREADY_CANCELLED.violation();
    }
    if (registration.status() == RegistrationStatus.HELD && chosen.size() < tickets.size()) {
      throw RegistrationProblem.HOLD_IS_WHOLE.violation();
    }
    if (!TRANSITIONS.allows(registration.status(), Trigger.CANCELLED)) {
      throw CommonProblem.WRONG_STATE.violation(
          "The registration has expired: there is nothing to cancel.");
    }
    return chosen;
  }

  /** What the buyer has paid for a ticket. */
  Money paidFor(Ticket ticket) {
    return registration.isPaid() ? ticket.total() : Money.zero(ticket.total().currency());
  }

  /** What is asked back for each ticket that is not cancelled yet, if it is cancelled now. */
  Map<UUID, Money> refunds(RefundTerms terms) {
    return (registration.isPaid() ? terms : RefundTerms.nothing()).refunds(tickets);
  }

  /** Cancels all tickets that are not cancelled yet. */
  Cancellation cancel(Order order, Instant now) {
    return cancel(choose(null), order, now);
  }

  /**
   * Cancels tickets: all that are left end the registration, with fewer it goes on.
   *
   * @param chosen by {@link #choose}
   * @throws RuleViolation {@code wrong-state}
   */
  Cancellation cancel(List<Ticket> chosen, Order order, Instant now) {
    Map<UUID, Money> refunds = refunds(order.terms());
    List<CancelledTicket> cancelled =
        chosen.stream()
            .map(ticket -> {
              Money asked = Objects.requireNonNull(refunds.get(ticket.id()));
              return new CancelledTicket(
                  ticket.id(),
                  ticket.ticketTypeId(),
                  ticket.status().after(TicketStatus.Trigger.CANCELLED),
                  asked,
                  ticket.leftOf(asked));
            })
            .toList();
    RefundRequested refund = refund(cancelled, order, now);
    Trigger trigger = endsWith(chosen) ? Trigger.CANCELLED : Trigger.TICKETS_CANCELLED;
    return switch (TRANSITIONS.next(registration.status(), trigger)) {
      case Ignored<RegistrationStatus>(String reason) -> throw new IllegalStateException(reason);
      case Changed<RegistrationStatus>(RegistrationStatus to, _) -> {
        Registration after =
            trigger == Trigger.CANCELLED ? registration.cancelled(to, now) : registration;
        RegistrationEvent fact = fact(trigger, cancelled, refund, order.cause(), now);
        Transition transition =
            new Transition(
                order.id(),
                registration.status(),
                trigger,
                after,
                null,
                new CancelledBy(order.cause(), order.reason()),
                refund == null ? List.of(fact) : List.of(fact, refund),
                now);
        yield new Cancellation(transition, cancelled, refund, order.askedBy());
      }
    };
  }

  private List<Ticket> find(Set<UUID> ticketIds) {
    List<Ticket> found =
        tickets.stream().filter(ticket -> ticketIds.contains(ticket.id())).toList();
    if (found.size() < ticketIds.size()) {
      throw RegistrationProblem.TICKET_NOT_FOUND.violation();
    }
    return found;
  }

  /** Whether no ticket is left without these. */
  private boolean endsWith(List<Ticket> chosen) {
    return tickets.stream().filter(ticket -> !ticket.cancelled()).count() == chosen.size();
  }

  /** The request for what goes back; null when nothing does. */
  private @Nullable RefundRequested refund(
      List<CancelledTicket> cancelled, Order order, Instant now) {
    List<RefundLine> lines =
        cancelled.stream()
            .filter(ticket -> ticket.asked().isPositive())
            .map(ticket -> new RefundLine(ticket.id(), ticket.asked().toAmount()))
            .toList();
    UUID paymentId = registration.paymentId();
    return lines.isEmpty() || paymentId == null
        ? null
        : new RefundRequested(
            registration.id(),
            registration.accountId(),
            registration.eventId(),
            registration.organizationId(),
            paymentId,
            order.refundId(),
            lines,
            true,
            refundCause(order.cause()),
            now);
  }

  private RegistrationEvent fact(
      Trigger trigger,
      List<CancelledTicket> cancelled,
      @Nullable RefundRequested refund,
      CancellationCause cause,
      Instant now) {
    List<UUID> ticketIds = cancelled.stream().map(CancelledTicket::id).toList();
    UUID refundId = refund == null ? null : refund.refundId();
    MoneyAmount amount =
        refund == null
            ? null
            : cancelled.stream()
                .map(CancelledTicket::asked)
                .reduce(Money::plus)
                .map(Money::toAmount)
                .orElseThrow();
    return trigger == Trigger.CANCELLED
        ? new RegistrationCancelled(
            registration.id(),
            registration.accountId(),
            registration.eventId(),
            registration.organizationId(),
            registration.paymentId(),
            cause,
            registration.status() == RegistrationStatus.CONFIRMED,
            ticketIds,
            refundId,
            amount,
            now)
        : new TicketsCancelled(
            registration.id(),
            registration.accountId(),
            registration.eventId(),
            registration.organizationId(),
            registration.paymentId(),
            cause,
            ticketIds,
            refundId,
            amount,
            now);
  }

  private static RefundCause refundCause(CancellationCause cause) {
    return switch (cause) {
      case ATTENDEE -> RefundCause.ATTENDEE_CANCELLED;
      case ORGANIZATION -> RefundCause.ORGANIZATION_CANCELLED;
      case EVENT -> RefundCause.EVENT_CANCELLED;
    };
  }
}
