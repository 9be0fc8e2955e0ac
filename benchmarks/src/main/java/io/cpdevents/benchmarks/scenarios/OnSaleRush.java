package io.cpdevents.benchmarks.scenarios;

import io.cpdevents.benchmarks.figures.Report;
import io.cpdevents.benchmarks.load.Action;
import io.cpdevents.benchmarks.load.OpenLoad;
import io.cpdevents.benchmarks.load.OpenSchedule;
import io.cpdevents.benchmarks.scenarios.Bench.Run;
import io.cpdevents.driver.PublishedEvent;
import io.cpdevents.driver.http.Answer;
import java.time.Duration;

/**
 * Sales open: two thousand want the five hundred places of an event at the same moment. Who is
 * asked to come back comes back, until there is a place or none is left.
 */
public final class OnSaleRush {

  private static final int BUYERS = 2_000;
  private static final int PLACES = 500;

  /** Whoever is told that too many are served comes back after this, as a page does. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private static final int MAX_ATTEMPTS = 120;
  private static final int UNAVAILABLE = 503;
  private static final int MADE = 201;
  private static final double NANOS_PER_SECOND = 1e9;

  private final Bench bench;
  private volatile long lastPlaceNanos;

  /** On one stage. */
  public OnSaleRush(Bench bench) {
    this.bench = bench;
  }

  /** Each run with an event of its own. */
  public void run() {
    bench.report().begin("rush");
    Run run = bench.median(this::rush);
    Report report = bench.report();
    String crowd = "%d buyers, %d places".formatted(BUYERS, PLACES);
    report.add(
        crowd + ": until the last answer",
        run.load().seconds(),
        "s",
        null,
        Bench.refusals(run.load()));
    report.add(crowd + ": p50 of a place", run.load().latencies().percentileMs(0.5), "ms");
    report.add(crowd + ": p99 of a place", run.load().latencies().percentileMs(0.99), "ms");
    report.add(crowd + ": until nothing is under way", run.quietAfterSeconds(), "s");
    bench.reportCpu(crowd, run, null);
  }

  private Run rush() {
    PublishedEvent event = bench.stage().world().anOrganization().publishes(PLACES, 0);
    // Everything is meant to be sent within the first millisecond.
    OpenSchedule atOnce = new OpenSchedule(BUYERS * 1000.0, Duration.ofMillis(1));
    long began = System.nanoTime();
    lastPlaceNanos = began;
    Run run = bench.measure(new OpenLoad(atOnce, BUYERS), number -> buys(event, number));
    bench
        .report()
        .add("the last place is sold after", (lastPlaceNanos - began) / NANOS_PER_SECOND, "s");
    requireSoldOut(event, run);
    return run;
  }

  private Action.Outcome buys(PublishedEvent event, int number) throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      Answer answer = bench.stage().participant(number).triesToRegisterFor(event, 1);
      if (answer.status() == MADE) {
        lastPlaceNanos = System.nanoTime();
        return Action.Outcome.good(answer.id());
      }
      if (answer.status() != UNAVAILABLE || attempt == MAX_ATTEMPTS) {
        return Action.Outcome.refused(answer.outcome());
      }
      Thread.sleep(PAUSE);
    }
  }

  /** As many as there are places, and everybody else was told so. */
  private void requireSoldOut(PublishedEvent event, Run run) {
    long soldOut = run.load().outcomes().getOrDefault("409 sold-out", 0L);
    if (run.load().served() != PLACES
        || soldOut != BUYERS - PLACES
        || bench.placesLeft(event) != 0) {
      bench
          .report()
          .violated(
              "of %d places %d were sold, %d are left, and %d of %d were told that none is"
                  .formatted(
                      PLACES,
                      run.load().served(),
                      bench.placesLeft(event),
                      soldOut,
                      BUYERS - PLACES));
    }
  }
}
