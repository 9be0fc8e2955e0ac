package io.cpdevents.e2e.money;

import io.cpdevents.driver.Payout;
import io.cpdevents.driver.Wait;
import io.cpdevents.driver.http.Answer;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** The organization asks for what is available in a currency, or for a part of it. */
record AsksForPayout() implements Step {

  /** Then it is mostly on its way: what comes next finds it so. */
  private static final Duration STAYS_FOR = Duration.ofSeconds(3);

  private static final Set<String> NOT_YET_SENT = Set.of("requested", "reserved", "transferred");

  @Override
  public Optional<Act> choose(Scenario scenario) {
    String currency = scenario.anyCurrencyToPayOut();
    boolean all = scenario.random().nextBoolean();
    double part = scenario.random().nextDouble(1.1);
    boolean stays = scenario.random().nextBoolean();
    return Optional.of(
        new Act(
            "%s in %s is asked for".formatted(all ? "all" : "%.2f".formatted(part), currency),
            () -> {
              Answer answer = Decisions.expect(ask(scenario, currency, all, part));
              if (answer.isSuccess() && stays) {
                Payout payout = new Payout(scenario.organization(), answer.id());
                var _ = Wait.atMost(STAYS_FOR).isSo(() -> !NOT_YET_SENT.contains(payout.status()));
              }
            }));
  }

  private static Answer ask(Scenario scenario, String currency, boolean all, double part) {
    if (all) {
      return scenario.organization().triesToBePaid(currency);
    }
    long available = scenario.organization().balanceMinor(currency, "available");
    return scenario
        .organization()
        .triesToBePaid(currency, Booking.roundMinor(Math.max(0, available) * part));
  }
}
