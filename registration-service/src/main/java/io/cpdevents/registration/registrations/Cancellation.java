package io.cpdevents.registration.registrations;

import io.cpdevents.contracts.registration.CancellationCause;
import io.cpdevents.contracts.registration.RegistrationEvent.RefundRequested;
import io.cpdevents.platform.money.Money;
import io.cpdevents.registration.registrations.RegistrationStatus.Trigger;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tickets of a registration that are cancelled together: what is saved and told of it, in one
 * transaction.
 *
 * @param tickets those that are cancelled by this
 * @param refund null when nothing goes back
 * @param askedBy who gives it back for the organization; null when the buyer takes it
 */
record Cancellation(
    Transition transition,
    List<CancelledTicket> tickets,
    @Nullable RefundRequested refund,
    @Nullable UUID askedBy) {

  /**
   * A ticket whose place is given back.
   *
   * @param status from now on
   * @param asked what is asked back for it, by the terms of the cancellation
   * @param refund what goes back of that: less when something went back before
   */
  record CancelledTicket(
      UUID id, UUID ticketTypeId, TicketStatus status, Money asked, Money refund) {}

  /**
   * Somebody's decision to cancel.
   *
   * @param id of the decision: the same when the same request comes again
   * @param refundId of what is asked back because of it, if anything is
   * @param reason null when none was given
   * @param askedBy who decided it for the organization; null when the buyer did, or nobody now
   */
  record Order(
      UUID id,
      UUID refundId,
      CancellationCause cause,
      @Nullable String reason,
      RefundTerms terms,
      @Nullable UUID askedBy) {}

  /** All that goes back. */
  Money refundTotal() {
    return tickets.stream().map(CancelledTicket::refund).reduce(Money::plus).orElseThrow();
  }

  /** The places that it gives back. */
  FreedPlaces freedPlaces() {
    Registration registration = transition.registration();
    return new FreedPlaces(
        registration.id(),
        registration.eventId(),
        registration.accountId(),
        tickets.stream().map(CancelledTicket::ticketTypeId).toList(),
        transition.trigger() == Trigger.CANCELLED);
  }
}
