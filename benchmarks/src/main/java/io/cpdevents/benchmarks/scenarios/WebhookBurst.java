package io.cpdevents.benchmarks.scenarios;

import io.cpdevents.benchmarks.figures.Report;
import io.cpdevents.benchmarks.figures.Target;
import io.cpdevents.benchmarks.load.Action.Outcome;
import io.cpdevents.benchmarks.load.Latencies;
import io.cpdevents.benchmarks.load.OpenLoad;
import io.cpdevents.benchmarks.load.OpenSchedule;
import io.cpdevents.benchmarks.scenarios.Bench.Run;
import io.cpdevents.driver.StripeSignature;
import io.cpdevents.driver.http.Answer;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;

/**
 * Stripe posts many events at once: signed, each with an id of its own, about payments that exist,
 * so that every one is kept, fetched and applied again, and changes nothing.
 */
public final class WebhookBurst {

  private static final int EVENTS = 2_000;
  private static final int CONNECTIONS = 64;

  /** What local gives to the sandbox and to billing-service. */
  private static final String SECRET = "whsec_local";

  private final Bench bench;

  /** On a stage where something has been paid. */
  public WebhookBurst(Bench bench) {
    this.bench = bench;
  }

  /** A burst whose figures nobody looks at. */
  public void warmUp() {
    burst(new Latencies());
  }

  /** All at once. */
  public void run() {
    bench.report().begin("webhooks");
    Latencies ofRequests = new Latencies();
    Run run = bench.medianProfiled("webhooks", () -> burst(ofRequests));
    Report report = bench.report();
    report.add(
        EVENTS + " at once: accepted", run.perSecond(), "1/s", null, Bench.refusals(run.load()));
    report.add("p50 since the burst began", run.load().latencies().percentileMs(0.5), "ms");
    report.add(
        "p99 since the burst began",
        run.load().latencies().percentileMs(0.99),
        "ms",
        Target.WEBHOOK_P99_MS,
        "");
    report.add(
        "p99 of each post, " + CONNECTIONS + " connections", ofRequests.percentileMs(0.99), "ms");
    report.add("all applied after the last was accepted", run.quietAfterSeconds(), "s");
    bench.reportCpu("an event", run, null);
  }

  private Run burst(Latencies ofRequests) {
    List<String> examples =
        bench
            .stage()
            .world()
            .databases()
            .rows(
                "stripe_sandbox",
                "SELECT body FROM stripe_object WHERE kind = 'event' AND body ->> 'type' = 'payment_intent.succeeded' ORDER BY created DESC LIMIT "
                    + EVENTS,
                row -> row.getString(1));
    if (examples.isEmpty()) {
      throw new IllegalStateException("nothing was paid before");
    }
    Semaphore connections = new Semaphore(CONNECTIONS);
    // Everything is meant to be sent within the first millisecond.
    OpenSchedule atOnce = new OpenSchedule(EVENTS * 1000.0, Duration.ofMillis(1));
    return bench.measure(
        new OpenLoad(atOnce, EVENTS),
        number -> {
          String body = withFreshId(examples.get(number % examples.size()));
          connections.acquire();
          try {
            return post(body, ofRequests);
          } finally {
            connections.release();
          }
        });
  }

  private Outcome post(String body, Latencies latencies) {
    long began = System.nanoTime();
    Answer answer =
        bench
            .stage()
            .world()
            .api()
            .with("Content-Type", "application/json")
            .with("Stripe-Signature", StripeSignature.of(SECRET, bench.stage().now(), body))
            .send("POST", "/webhooks/stripe", body);
    latencies.add(System.nanoTime() - began);
    return answer.isSuccess() ? Outcome.good(null) : Outcome.refused(answer.outcome());
  }

  private static String withFreshId(String event) {
    String id = "evt_" + UUID.randomUUID().toString().replace("-", "");
    return event.replaceFirst("\"evt_[^\"]*\"", "\"" + id + "\"");
  }
}
