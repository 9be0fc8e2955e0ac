package io.cpdevents.benchmarks.scenarios;

import io.cpdevents.benchmarks.figures.Report;
import io.cpdevents.benchmarks.load.Action;
import io.cpdevents.benchmarks.load.OpenLoad;
import io.cpdevents.benchmarks.load.OpenSchedule;
import io.cpdevents.benchmarks.scenarios.Bench.Run;
import io.cpdevents.driver.Organization;
import io.cpdevents.driver.Person;
import io.cpdevents.driver.PublishedEvent;
import io.cpdevents.driver.Wait;
import io.cpdevents.driver.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

/**
 * Two hundred wait for a sold-out event, which gets two hundred more places; then all take theirs.
 */
public final class WaitlistRelease {

  private static final int PLACES = 200;
  private static final int TICKETS_OF_A_BUYER = 20;

  /** Passwords are dear on purpose. */
  private static final int SIGN_UPS_AT_ONCE = 4;

  private static final Duration MAX_OFFER_TIME = Duration.ofMinutes(5);
  private static final double NANOS_PER_SECOND = 1e9;

  private final Bench bench;

  /** On one stage. */
  public WaitlistRelease(Bench bench) {
    this.bench = bench;
  }

  /** Once: two hundred people have to sign up for it. */
  public void run() {
    Report report = bench.report();
    report.begin("waitlist");
    List<Person> people = signUp();
    Organization organization = bench.stage().world().anOrganization();
    PublishedEvent event = organization.publishes(PLACES, 0);
    for (int sold = 0; sold < PLACES; sold += TICKETS_OF_A_BUYER) {
      bench.stage().participant(sold).registersFor(event, TICKETS_OF_A_BUYER);
    }
    List<Waiting> waiting =
        people.stream().map(person -> Waiting.joinedBy(person, event, 1)).toList();
    bench.check();

    long began = System.nanoTime();
    organization.owner().api().patch(event.path(), Map.of("capacity", 2 * PLACES)).expect(200);
    double answered = secondsSince(began);
    boolean offered = Wait.atMost(MAX_OFFER_TIME).isSo(() -> offers(event) == PLACES);
    report.add(PLACES + " more places: the organizer's answer, all offers made", answered, "s");
    bench.check();
    report.add(PLACES + " more places: all are told", secondsSince(began), "s");
    if (!offered || bench.placesLeft(event) != 0) {
      report.violated(
          "of %d places %d were offered and %d left"
              .formatted(PLACES, offers(event), bench.placesLeft(event)));
    }
    accept(waiting);
  }

  private void accept(List<Waiting> waiting) {
    OpenSchedule atOnce = new OpenSchedule(PLACES * 1000.0, Duration.ofMillis(1));
    Run run =
        bench.measure(
            new OpenLoad(atOnce, PLACES),
            number -> Action.Outcome.good(waiting.get(number).accepts().id()));
    Report report = bench.report();
    report.add(
        "all take their places at once: until the last answer",
        run.load().seconds(),
        "s",
        null,
        Bench.refusals(run.load()));
    report.add(
        "all take their places at once: p99", run.load().latencies().percentileMs(0.99), "ms");
    if (run.load().served() != PLACES) {
      report.violated("of %d offers %d were taken".formatted(PLACES, run.load().served()));
    }
  }

  private List<Person> signUp() {
    bench.report().say(PLACES + " people sign up");
    Semaphore atOnce = new Semaphore(SIGN_UPS_AT_ONCE);
    try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
      return IntStream.range(0, PLACES)
          .mapToObj(_ ->
              crowd.submit(() -> {
                atOnce.acquire();
                try {
                  return bench.stage().world().somebody("Wanda Waiting");
                } finally {
                  atOnce.release();
                }
              }))
          .toList()
          .stream()
          .map(signingUp -> {
            try {
              return signingUp.get();
            } catch (ExecutionException e) {
              throw new IllegalStateException("nobody signs up", e);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
              throw new IllegalStateException("interrupted", e);
            }
          })
          .toList();
    }
  }

  private long offers(PublishedEvent event) {
    return bench
        .stage()
        .world()
        .databases()
        .number(
            "registration",
            "SELECT count(*) FROM waitlist_entry WHERE event_id = ? AND status = 'offered'",
            event.id());
  }

  private static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / NANOS_PER_SECOND;
  }
}
