package io.cpdevents.e2e.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.e2e.Journey;
import io.cpdevents.e2e.SharedPlatform;
import io.cpdevents.e2e.money.MoneySimulation;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

  private static final String NOTHING_IS_PARKED =
      "No message is parked while people pay; the platform's InboxIT replays and drops some.";

  /** Those that no journey sees succeed, each with the reason. */
  private static final Map<String, String> NEVER_SEEN =
      Stream.concat(
              Stream.of("accounts", "billing", "notification", "payout", "registration")
                  .map(service -> "/api/v1/ops/" + service + "/parked-messages/{messageId}")
                  .flatMap(message -> Stream.of("DELETE " + message, "POST " + message + "/replay"))
                  .map(operation -> Map.entry(operation, NOTHING_IS_PARKED)),
              Stream.of(
                  Map.entry(
                      "GET /api/v1/finance/reconciliations/{date}/lines",
                      "No day is closed here; billing-service's ClosedDaysIT reads the lines of one."),
                  Map.entry(
                      "POST /api/v1/ops/billing/stripe-events/{stripeEventId}/replay",
                      "No event of Stripe is parked; billing-service's WebhookIT replays one.")))
          .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

  @Test
  void the_document_is_held_to_a_success_of_every_operation() {
    MoneySimulation.awaitEnd();
    assertThat(SharedPlatform.document().unseenOperations())
        .filteredOn(operation -> !BY_CHANCE.contains(operation))
        .as("those that nobody has seen succeed, and no others, have their reason here")
        .containsExactlyInAnyOrderElementsOf(NEVER_SEEN.keySet());
  }
}
