package io.cpdevents.contracts.billing;

import io.cpdevents.contracts.MoneyAmount;
import java.time.Instant;
import java.util.UUID;

/** What happens to one refund of a payment. */
public sealed interface RefundEvent extends PaymentEvent {

  UUID refundId();

  /** The buyer, to whom the money goes back. */
  UUID accountId();

  UUID eventId();

  UUID organizationId();

  MoneyAmount amount();

  RefundCause cause();

  /** The amount is owed to the buyer from now on. */
  record RefundAccepted(
      UUID paymentId,
      UUID refundId,
      UUID registrationId,
      UUID accountId,
      UUID eventId,
      UUID organizationId,
      MoneyAmount amount,
      RefundCause cause,
      Instant acceptedAt)
      implements RefundEvent {}

  /** Stripe has returned the money to the buyer. */
  record RefundSucceeded(
      UUID paymentId,
      UUID refundId,
      UUID registrationId,
      UUID accountId,
      UUID eventId,
      UUID organizationId,
      MoneyAmount amount,
      RefundCause cause,
      Instant succeededAt)
      implements RefundEvent {}
}
