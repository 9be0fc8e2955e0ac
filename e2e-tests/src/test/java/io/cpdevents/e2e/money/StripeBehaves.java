package io.cpdevents.e2e.money;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** From now on Stripe behaves as it may with some accounts and balances, or as usual. */
record StripeBehaves() implements Step {

  private static final long MORE_THAN_THERE_EVER_IS = 1_000_000_000_000L;

  private static final List<Map<String, Object>> SETTINGS =
      List.of(
          Map.of(),
          Map.of("refundsNeedBalance", true),
          Map.of("refundsNeedBalance", true, "reservedMinor", MORE_THAN_THERE_EVER_IS),
          Map.of("refundsNeedAction", true),
          Map.of("disputeFeeReturned", true),
          Map.of("disputeFeeMinor", 0));

  @Override
  public Optional<Act> choose(Scenario scenario) {
    Map<String, Object> settings = scenario.any(SETTINGS);
    return Optional.of(
        new Act("Stripe behaves: " + settings, () -> scenario.world().stripe().behaves(settings)));
  }
}
