package io.cpdevents.contracts.billing;

import io.cpdevents.contracts.MoneyAmount;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What happens to one refund of a payment. */
public sealed interface RefundEvent extends PaymentEvent {

  UUID refundId();

  /** The buyer, to whom the money goes back. */
  UUID accountId();

  UUID eventId();

  UUID organizationId();

  MoneyAmount amount();

  RefundCause cause();

  /** What the buyer gets back for one ticket; more than zero. */
  record TicketRefund(UUID ticketId, MoneyAmount amount) {}

  /**
   * The amount is owed to the buyer from now on.
   *
   * @param tickets for which tickets it goes back; empty for money that paid for none; null in
   *     events of the first days
   * @param requestedBy who has asked for it by hand; null for other causes than that, and in events
   *     of the first days
   */
  record RefundAccepted(
      UUID paymentId,
      UUID refundId,
      UUID registrationId,
      UUID accountId,
      UUID eventId,
      UUID organizationId,
      MoneyAmount amount,
      RefundCause cause,
      Instant acceptedAt,
      @Nullable List<TicketRefund> tickets,
      @Nullable RefundRequester requestedBy)
      implements RefundEvent {}

  /**
   * Stripe has returned the money to the buyer.
   *
   * @param tickets for which tickets it went back, which may be less than was accepted; empty for
   *     money that paid for none; null in events of the first days
   */
  record RefundSucceeded(
      UUID paymentId,
      UUID refundId,
      UUID registrationId,
      UUID accountId,
      UUID eventId,
      UUID organizationId,
      MoneyAmount amount,
      RefundCause cause,
      Instant succeededAt,
      @Nullable List<TicketRefund> tickets)
      implements RefundEvent {}

  /**
   * An attempt has failed, and the amount is owed still or again.
   *
   * @param failureReason Stripe's, for example {@code expired_or_canceled_card}; null when it says
   *     none
   * @param retried whether another attempt follows by itself; otherwise a person has to help
   * @param afterSuccess whether the buyer had been told that the money is back
   */
  record RefundFailed(
      UUID paymentId,
      UUID refundId,
      UUID registrationId,
      UUID accountId,
      UUID eventId,
      UUID organizationId,
      MoneyAmount amount,
      RefundCause cause,
      @Nullable String failureReason,
      boolean retried,
      boolean afterSuccess,
      Instant failedAt)
      implements RefundEvent {}

  /**
   * Nothing goes back by this refund after all: it was called off, perhaps soon after it had
   * succeeded.
   */
  record RefundCancelled(
      UUID paymentId,
      UUID refundId,
      UUID registrationId,
      UUID accountId,
      UUID eventId,
      UUID organizationId,
      MoneyAmount amount,
      RefundCause cause,
      Instant cancelledAt)
      implements RefundEvent {}
}
