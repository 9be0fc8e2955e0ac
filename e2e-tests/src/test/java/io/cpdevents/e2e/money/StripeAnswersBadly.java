package io.cpdevents.e2e.money;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Some of the next changes at Stripe fail, before or after Stripe has made them. */
record StripeAnswersBadly() implements Step {

  private static final List<String> KINDS =
      List.of("drop-before", "drop-after", "409", "429", "lock-timeout", "500");
  private static final List<String> PATHS =
      List.of("/v1/refunds", "/v1/checkout/sessions", "/v1/checkout/sessions/**", "/v1/**");
  private static final int MAX_TIMES = 5;

  @Override
  public Optional<Act> choose(Scenario scenario) {
    Map<String, Object> fault =
        Map.of(
            "path",
            scenario.any(PATHS),
            "method",
            "POST",
            "kind",
            scenario.any(KINDS),
            "times",
            1 + scenario.random().nextInt(MAX_TIMES));
    return Optional.of(new Act("Stripe: " + fault, () -> scenario.world().stripe().answers(fault)));
  }
}
