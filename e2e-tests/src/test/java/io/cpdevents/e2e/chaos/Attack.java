package io.cpdevents.e2e.chaos;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.awaitility.core.ConditionTimeoutException;

/** A crowd, a fault in the middle of it, and what must be true soon after. */
record Attack(Stage stage) {

  private static final Duration NOTHING_STUCK_AFTER = Duration.ofSeconds(60);
  private static final int PLACES = 100_000;
  private static final long PRICE_MINOR = 40_00;
  private static final int PAYING_BEFORE = 3;
  private static final int PAYING_AFTER = 2;
  private static final double NANOS_PER_SECOND = 1e9;

  /** Tells how long everything took to be true again. */
  // The figures of a run are read by people.
  @SuppressWarnings("SystemOut")
  void with(Fault fault) {
    Stage.Offer offer = stage.publish(PLACES, PRICE_MINOR);
    try (Crowd crowd = Crowd.at(stage, offer)) {
      crowd.awaitPaying(PAYING_BEFORE);
      long struckAt = System.nanoTime();
      fault.strike().run();
      crowd.goesOnFor(fault.lasts());
      fault.heal().run();
      long healedAt = System.nanoTime();
      crowd.awaitPaying(PAYING_AFTER);
      double payingAgain = secondsSince(healedAt);
      crowd.closeDoor();
      awaitTruth(() -> violations(crowd, offer), healedAt);
      System.out.printf(
          Locale.ROOT,
          "chaos: %-75s ill %5.1f s, paying again %5.1f s, all true %5.1f s, %d visitors%n",
          fault,
          (healedAt - struckAt) / NANOS_PER_SECOND,
          payingAgain,
          secondsSince(healedAt),
          crowd.visitors().size());
    }
  }

  private List<String> violations(Crowd crowd, Stage.Offer offer) {
    List<String> wrong = new ArrayList<>(crowd.complaints());
    if (crowd.isGone()) {
      wrong.addAll(new Aftermath(stage).violations(offer, crowd.visitors()));
    } else {
      wrong.add("people still wait for their answers");
    }
    return wrong;
  }

  private static void awaitTruth(Supplier<List<String>> violations, long healedAt) {
    AtomicReference<List<String>> wrong = new AtomicReference<>(List.of());
    try {
      await()
          .atMost(NOTHING_STUCK_AFTER.minusNanos(System.nanoTime() - healedAt))
          .pollInterval(Duration.ofMillis(200))
          .until(() -> {
            wrong.set(violations.get());
            return wrong.get().isEmpty();
          });
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(
          "%s after the fault:\n  %s"
              .formatted(NOTHING_STUCK_AFTER, String.join("\n  ", wrong.get())),
          e);
    }
  }

  private static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / NANOS_PER_SECOND;
  }
}
