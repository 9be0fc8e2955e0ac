package io.cpdevents.contracts.billing;

import io.cpdevents.contracts.Event;
import io.cpdevents.contracts.MoneyAmount;
import io.cpdevents.contracts.Topic;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What happens to one payment: its capture, its refunds and its ledger entries. */
public sealed interface PaymentEvent extends Event {

  UUID paymentId();

  @Override
  default Topic topic() {
    return Topic.BILLING_PAYMENTS;
  }

  @Override
  default String key() {
    return paymentId().toString();
  }

  @Override
  default Map<String, String> correlation() {
    return Map.of("paymentId", paymentId().toString());
  }

  /** The buyer's money arrived, in full. */
  record PaymentCaptured(
      UUID paymentId,
      UUID registrationId,
      UUID accountId,
      UUID eventId,
      UUID organizationId,
      MoneyAmount amount,
      MoneyAmount platformFee,
      Instant capturedAt)
      implements PaymentEvent {}

  /** Nothing was or will be captured: the registration ended first. */
  record PaymentCancelled(UUID paymentId, UUID registrationId, Instant cancelledAt)
      implements PaymentEvent {}

  /** A refund obligation was accepted: the amount is owed to the buyer from now on. */
  record RefundAccepted(
      UUID paymentId,
      UUID refundId,
      UUID registrationId,
      UUID organizationId,
      MoneyAmount amount,
      String cause,
      Instant acceptedAt)
      implements PaymentEvent {}

  /** Stripe has returned the money to the buyer. */
  record RefundSucceeded(
      UUID paymentId,
      UUID refundId,
      UUID registrationId,
      UUID organizationId,
      MoneyAmount amount,
      String cause,
      Instant succeededAt)
      implements PaymentEvent {}

  /**
   * A posting on one of an organization's ledger accounts.
   *
   * @param entryId unique: one for each journal, organization account and currency
   * @param journalKind the journal's kind, for example {@code payment-captured}
   * @param account {@code organization}, {@code held} or {@code in-payout}
   * @param eventId the event whose end makes the money available; null when there is none
   * @param amount credit positive: what the organization has more; negative: what it has less
   */
  record OrganizationEntryPosted(
      UUID paymentId,
      UUID entryId,
      UUID journalId,
      String journalKind,
      UUID organizationId,
      @Nullable UUID eventId,
      String account,
      MoneyAmount amount,
      Instant occurredAt)
      implements PaymentEvent {}
}
