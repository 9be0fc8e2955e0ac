package io.cpdevents.e2e.money;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Some of the next requests to Stripe fail, before or after Stripe has done what it was asked for.
 */
record StripeAnswersBadly() implements Step {

  /**
   * Stripe answers the same failure for a day of the machine's time, which no simulation waits for:
   * only what finds another way before that has this fault.
   */
  private static final String SAVED = "saved-500";

  /** Where a failure that is saved is got round by another key. */
  private static final List<String> CHANGES_WITH_NEW_KEYS =
      List.of("/v1/refunds", "/v1/checkout/sessions", "/v1/customers");

  /** What may happen to a request that changes something. */
  private static final List<String> KINDS_OF_CHANGES =
      List.of("drop-before", "drop-after", "409", "429", "lock-timeout", "500", SAVED);

  /** What may happen to one that only looks. */
  private static final List<String> KINDS_OF_LOOKS =
      List.of("drop-before", "drop-after", "429", "500");

  /** Where changes are asked for. */
  private static final List<String> CHANGES =
      List.of(
          "/v1/refunds",
          "/v1/checkout/sessions",
          "/v1/checkout/sessions/**",
          "/v1/transfers",
          "/v1/payouts",
          "/v1/payouts/**",
          "/v1/**");

  /** Where somebody looks. */
  private static final List<String> LOOKS =
      List.of(
          "/v1/refunds/**",
          "/v1/payment_intents/**",
          "/v1/charges/**",
          "/v1/disputes/**",
          "/v1/events",
          "/v1/balance_transactions",
          "/v1/balance",
          "/v1/accounts/**",
          "/v1/transfers",
          "/v1/payouts/**",
          "/v1/**");

  private static final int MAX_TIMES = 5;

  @Override
  public Optional<Act> choose(Scenario scenario) {
    boolean change = scenario.random().nextBoolean();
    String kind = scenario.any(change ? KINDS_OF_CHANGES : KINDS_OF_LOOKS);
    List<String> changes = kind.equals(SAVED) ? CHANGES_WITH_NEW_KEYS : CHANGES;
    Map<String, Object> fault = new TreeMap<>();
    fault.put("method", change ? "POST" : "GET");
    fault.put("path", scenario.any(change ? changes : LOOKS));
    fault.put("kind", kind);
    fault.put("times", 1 + scenario.random().nextInt(MAX_TIMES));
    return Optional.of(new Act("Stripe: " + fault, () -> scenario.world().stripe().answers(fault)));
  }
}
