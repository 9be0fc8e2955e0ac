package io.cpdevents.e2e.money;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The organization decides when it is paid by itself. */
record ScheduleChanges() implements Step {

  private static final List<String> INTERVALS = List.of("weekly", "weekly", "monthly", "manual");

  @Override
  public Optional<Act> choose(Scenario scenario) {
    String interval = scenario.any(INTERVALS);
    String currency = scenario.any(Scenario.CURRENCIES);
    long minimum = 10L * (1 + scenario.random().nextInt(1_000));
    return Optional.of(
        new Act(
            "payouts are %s, at least %d %s".formatted(interval, minimum, currency),
            () ->
                scenario
                    .organization()
                    .isPaid(
                        interval, List.of(Map.of("amountMinor", minimum, "currency", currency)))));
  }
}
