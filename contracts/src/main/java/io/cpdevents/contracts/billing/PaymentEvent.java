package io.cpdevents.contracts.billing;

import io.cpdevents.contracts.Event;
import io.cpdevents.contracts.MoneyAmount;
import io.cpdevents.contracts.Topic;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What happens to one payment, its refunds and disputes included. */
public sealed interface PaymentEvent extends Event
    permits PaymentEvent.PaymentProcessing,
        PaymentEvent.PaymentFailed,
        PaymentEvent.PaymentCaptured,
        PaymentEvent.PaymentCancelled,
        PaymentEvent.FraudWarningReceived,
        RefundEvent,
        DisputeEvent {

  UUID paymentId();

  UUID registrationId();

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
    return Map.of(
        "paymentId", paymentId().toString(), "registrationId", registrationId().toString());
  }

  /** The buyer has authorised the payment, and the bank takes its time: up to some days. */
  record PaymentProcessing(UUID paymentId, UUID registrationId, Instant startedAt)
      implements PaymentEvent {}

  /**
   * An attempt to pay was declined, or a bank that took its time has refused.
   *
   * @param declineCode Stripe's, for example {@code insufficient_funds}; null when it says none
   * @param wasProcessing whether the bank had taken its time
   */
  record PaymentFailed(
      UUID paymentId,
      UUID registrationId,
      @Nullable String declineCode,
      boolean wasProcessing,
      Instant failedAt)
      implements PaymentEvent {}

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

  /**
   * The card's bank suspects that the payment is fraud; a dispute is likely.
   *
   * @param fraudType Stripe's, for example {@code unauthorized_use_of_card}
   * @param refunded whether all of it goes back because of the warning
   */
  record FraudWarningReceived(
      UUID paymentId,
      UUID registrationId,
      UUID accountId,
      UUID eventId,
      UUID organizationId,
      String fraudType,
      boolean refunded,
      Instant receivedAt)
      implements PaymentEvent {}
}
