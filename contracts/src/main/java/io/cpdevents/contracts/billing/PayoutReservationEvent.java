package io.cpdevents.contracts.billing;

import io.cpdevents.contracts.Event;
import io.cpdevents.contracts.MoneyAmount;
import io.cpdevents.contracts.Topic;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** What billing answers when a payout is requested. Keyed by payout. */
public sealed interface PayoutReservationEvent extends Event {

  UUID payoutId();

  UUID organizationId();

  MoneyAmount amount();

  @Override
  default Topic topic() {
    return Topic.BILLING_PAYOUTS;
  }

  @Override
  default String key() {
    return payoutId().toString();
  }

  @Override
  default Map<String, String> correlation() {
    return Map.of("payoutId", payoutId().toString());
  }

  /** The amount is set aside for the payout. */
  record PayoutReserved(UUID payoutId, UUID organizationId, MoneyAmount amount, Instant reservedAt)
      implements PayoutReservationEvent {}

  /** The organization has less than that in the ledger; nothing is set aside. */
  record PayoutRefused(UUID payoutId, UUID organizationId, MoneyAmount amount, Instant refusedAt)
      implements PayoutReservationEvent {}
}
