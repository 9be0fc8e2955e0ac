package io.cpdevents.e2e.money;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A buyer disputes a payment at the bank: as a whole, a part of it or more than was paid; or the
 * bank only asks, takes another currency, or the dispute is prevented.
 */
record BuyerDisputes() implements Step {

  private static final List<Double> PARTS = List.of(1.0, 1.0, 0.4, 1.3);

  /** What the bank does, mostly: it takes the money. */
  private static final List<Map<String, Object>> KINDS =
      List.of(
          Map.of(),
          Map.of(),
          Map.of(),
          Map.of("respondable", false),
          Map.of("inquiry", true),
          Map.of("inquiry", true),
          Map.of("prevented", true),
          // Nobody pays here in that currency.
          Map.of("currency", "eur"));

  @Override
  public Optional<Act> choose(Scenario scenario) {
    Map<String, Object> kind = scenario.any(KINDS);
    double part = scenario.any(PARTS);
    int draw = scenario.random().nextInt(Integer.MAX_VALUE);
    return scenario.anyPaidBooking().map(booking -> act(scenario, booking, kind, part, draw));
  }

  private static Act act(
      Scenario scenario, Booking booking, Map<String, Object> kind, double part, int draw) {
    Map<String, Object> terms = new TreeMap<>(kind);
    terms.put("amountMinor", booking.part(part));
    return new Act(
        "%s is disputed: %s".formatted(booking, terms),
        () -> {
          List<String> charges = booking.chargesAtStripe();
          if (!charges.isEmpty()) {
            String charge = charges.get(draw % charges.size());
            Decisions.expect(scenario.world().stripe().triesToDispute(charge, terms));
            booking.disputed().set(true);
          }
        });
  }
}
