package io.cpdevents.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.driver.PublishedEvent;
import io.cpdevents.driver.Wait;
import io.cpdevents.driver.invariants.Invariant;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** A crowd, a fault in the middle of it, and what must be true soon after. */
record Attack(Stage stage) {

  private static final Duration MAX_ANSWER_TIME = Duration.ofSeconds(60);
  private static final int PLACES = 100_000;
  private static final long PRICE_MINOR = 40_00;
  private static final int PAYING_BEFORE = 3;
  private static final int PAYING_AFTER = 2;
  private static final double NANOS_PER_SECOND = 1e9;

  /** Tells how long everything took to be true again. */
  // The figures of a run are read by people.
  @SuppressWarnings("SystemOut")
  void with(Fault fault) {
    stage
        .world()
        .invariants()
        .except(
            Invariant.MAILS_COME_ONCE,
            "a process that is killed between SMTP's 250 and its commit sends the mail again");
    PublishedEvent event = stage.publishes(PLACES, PRICE_MINOR);
    try (Crowd crowd = Crowd.at(stage, event)) {
      crowd.awaitPaying(PAYING_BEFORE);
      long struckAt = System.nanoTime();
      fault.strike().run();
      crowd.goesOnFor(fault.lasts());
      fault.heal().run();
      long healedAt = System.nanoTime();
      crowd.awaitPaying(PAYING_AFTER);
      double payingAgain = secondsSince(healedAt);
      crowd.closeDoor();
      Wait.atMost(MAX_ANSWER_TIME.minusNanos(System.nanoTime() - healedAt))
          .until("everybody has an answer", crowd::isGone);
      assertThat(crowd.complaints()).isEmpty();
      stage.world().invariants().hold(healedAt);
      assertThat(registrationsByStatus(event))
          .as("who was told of a registration, and has paid, has one place")
          .containsExactly(List.of("confirmed", Integer.toString(crowd.paid())));
      System.out.printf(
          Locale.ROOT,
          "chaos: %-75s ill %5.1f s, paying again %5.1f s, all true %5.1f s, %d visitors%n",
          fault,
          (healedAt - struckAt) / NANOS_PER_SECOND,
          payingAgain,
          secondsSince(healedAt),
          crowd.paid());
    }
  }

  private List<List<String>> registrationsByStatus(PublishedEvent event) {
    return stage
        .world()
        .databases()
        .texts(
            "registration",
            "SELECT status, count(*) FROM registration WHERE event_id = ? GROUP BY status",
            event.id());
  }

  private static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / NANOS_PER_SECOND;
  }
}
