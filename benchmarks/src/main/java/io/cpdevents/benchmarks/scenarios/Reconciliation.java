package io.cpdevents.benchmarks.scenarios;

import io.cpdevents.benchmarks.figures.Report;
import io.cpdevents.benchmarks.figures.Target;
import io.cpdevents.driver.Sandbox;
import io.cpdevents.driver.Wait;
import io.cpdevents.driver.http.Answer;
import io.cpdevents.driver.inside.Databases;
import io.cpdevents.local.Component;
import io.cpdevents.local.ComponentStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Stripe has booked 100,000 movements over a month, and nothing has told them: they are mirrored,
 * booked and matched, their days are closed, and all of it is read and verified once more, as every
 * night.
 */
public final class Reconciliation {

  private static final int TRANSACTIONS = 100_000;
  private static final int DAYS = 29;
  private static final Duration MAX_TIME = Duration.ofMinutes(30);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final double NANOS_PER_SECOND = 1e9;
  private static final String BILLING = Component.BILLING.wireName();

  private final Bench bench;
  private final Report report;
  private final Databases databases;
  private final Sandbox stripe;
  private long mostMegabytes;

  /** On a stage. */
  public Reconciliation(Bench bench) {
    this.bench = bench;
    this.report = bench.report();
    this.databases = bench.stage().world().databases();
    this.stripe = bench.stage().world().stripe();
  }

  /** Measures both passes and the closing between them. */
  public void run() {
    report.begin("reconciliation");
    stripe
        .api()
        .post(
            "/_sandbox/balance-transactions/bulk",
            Map.of("count", TRANSACTIONS, "currency", "cad", "amountMinor", -1, "days", DAYS))
        .expect(200);
    mostMegabytes = memoryMegabytes();
    report.add("memory of billing before", (double) mostMegabytes, "MB");
    pass("mirrored and booked");
    closeDays();
    pass("read and verified once more");
    report.add("memory of billing at most", (double) mostMegabytes, "MB");
    bench.check();
  }

  /** Everything that Stripe has ever booked, as if it had never been read. */
  private void pass(String what) {
    stripe.api().delete("/_sandbox/requests").expect(204);
    databases.execute(BILLING, "DELETE FROM balance_progress WHERE list = 'platform-whole'");
    Instant began = bench.stage().now();
    double seconds =
        seconds(
            "read-whole-balance",
            () ->
                databases.number(
                        BILLING,
                        """
                        SELECT count(*) FROM balance_progress, scheduled_tasks
                        WHERE list = 'platform-whole' AND followed_until IS NOT NULL
                            AND task_name = 'read-whole-balance' AND NOT picked
                            AND last_success > ?
                        """,
                        began.atOffset(ZoneOffset.UTC))
                    == 1);
    Answer requests = stripe.api().get("/_sandbox/requests").expect(200);
    long count = requests.json().path("requests").asLong();
    report.add(
        "%,d transactions %s".formatted(TRANSACTIONS, what),
        seconds,
        "s",
        Target.RECONCILIATION_SECONDS,
        "%,d requests to Stripe".formatted(count));
    report.add(
        what + ": requests to Stripe in the busiest second",
        (double) requests.json().path("mostInASecond").asLong(),
        "",
        Target.STRIPE_REQUESTS_PER_SECOND,
        "");
  }

  private void closeDays() {
    double seconds =
        seconds(
            "close-days",
            () ->
                databases.number(
                        BILLING,
                        """
                        SELECT count(*) FROM reconciliation_day
                        WHERE date = CAST(now() AT TIME ZONE 'UTC' AS date) - 1
                        """)
                    == 1);
    report.add(
        "days closed: %d"
            .formatted(databases.number(BILLING, "SELECT count(*) FROM reconciliation_day")),
        seconds,
        "s");
  }

  /** Makes a job due, also when it was interrupted, and waits for what it brings about. */
  private double seconds(String job, BooleanSupplier isDone) {
    long began = System.nanoTime();
    boolean done =
        Wait.atMost(MAX_TIME)
            .lookingEvery(LOOK_EVERY)
            .isSo(() -> {
              mostMegabytes = Math.max(mostMegabytes, memoryMegabytes());
              if (isDone.getAsBoolean()) {
                return true;
              }
              databases.execute(
                  BILLING,
                  """
                  UPDATE scheduled_tasks SET execution_time = now()
                  WHERE task_name = ? AND NOT picked AND execution_time > now()
                  """,
                  job);
              return false;
            });
    if (!done) {
      report.violated("%s was not done within %s".formatted(job, MAX_TIME));
    }
    return (System.nanoTime() - began) / NANOS_PER_SECOND;
  }

  private long memoryMegabytes() {
    return bench.stage().platform().statuses().stream()
        .filter(status -> status.name().equals(BILLING))
        .map(ComponentStatus::memoryMegabytes)
        .flatMap(megabytes -> Optional.ofNullable(megabytes).stream())
        .findFirst()
        .orElse(0L);
  }
}
