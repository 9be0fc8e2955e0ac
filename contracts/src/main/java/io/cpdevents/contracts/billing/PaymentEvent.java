package io.cpdevents.contracts.billing;

import io.cpdevents.contracts.Event;
import io.cpdevents.contracts.MoneyAmount;
import io.cpdevents.contracts.Topic;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** What happens to one payment, its refunds included. */
public sealed interface PaymentEvent extends Event
    permits PaymentEvent.PaymentCaptured, PaymentEvent.PaymentCancelled, RefundEvent {

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
}
