package io.cpdevents.e2e.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.e2e.Journey;
import io.cpdevents.e2e.SharedPlatform;
import io.cpdevents.e2e.money.MoneySimulation;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** Looks, after all journeys, whether every operation has done what it is there for. */
@Journey
@Order(Integer.MAX_VALUE - 1)
@DisabledIfSystemProperty(
    named = "it.test",
    matches = ".+",
    disabledReason = "A part of the journeys does not see every operation.")
class EveryOperationIT {

  /** What the simulation of money does if its seeds have it so. */
  private static final Set<String> BY_CHANCE =
      Set.of("POST /api/v1/payouts/{payoutId}/hold", "POST /api/v1/payouts/{payoutId}/release");

  /** Those that no journey sees succeed, each with the reason. */
  private static final Map<String, String> NEVER_SEEN =
      Map.of(
          "GET /api/v1/finance/reconciliations/{date}/lines",
          "No day is closed here; billing-service's ClosedDaysIT reads the lines of one.",
          "POST /api/v1/ops/billing/stripe-events/{stripeEventId}/replay",
          "No event of Stripe is parked; billing-service's WebhookIT replays one.");

  @Test
  void the_document_is_held_to_a_success_of_every_operation() {
    MoneySimulation.awaitEnd();
    System.out.println(SharedPlatform.document().summary());
    assertThat(SharedPlatform.document().unseenOperations())
        .filteredOn(operation -> !BY_CHANCE.contains(operation))
        .as("those that nobody has seen succeed, and no others, have their reason here")
        .containsExactlyInAnyOrderElementsOf(NEVER_SEEN.keySet());
  }
}
