package io.cpdevents.benchmarks.scenarios;

import io.cpdevents.benchmarks.figures.Report;
import io.cpdevents.benchmarks.figures.Target;
import io.cpdevents.benchmarks.load.Action.Outcome;
import io.cpdevents.benchmarks.load.ClosedLoop;
import io.cpdevents.benchmarks.load.Latencies;
import io.cpdevents.benchmarks.scenarios.Bench.Run;
import io.cpdevents.benchmarks.stage.Api;
import io.cpdevents.benchmarks.stage.Participant;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Paid registrations: order, payment, Stripe's page, the money's webhook, confirmed, mail. A user
 * goes on once the page was paid; what comes after happens behind, and is counted to its end.
 */
public final class PaidRegistrations {

  private static final int[] USERS = {8, 16};
  private static final Pattern SESSION_ID = Pattern.compile("cs_[A-Za-z0-9_]+");
  private static final String CARD_THAT_PAYS = "4242424242424242";
  private static final double MILLISECONDS_PER_SECOND = 1000;

  private final Bench bench;
  private Latencies orders = new Latencies();
  private Latencies checkouts = new Latencies();

  /** On one stage. */
  public PaidRegistrations(Bench bench) {
    this.bench = bench;
  }

  /** Load whose figures nobody looks at. */
  public void warmUp(Duration length) {
    bench.measure(new ClosedLoop(USERS[0], length), this::buy);
  }

  /** The most that can be paid. */
  public void run() {
    bench.report().begin("paid");
    for (int users : USERS) {
      closed(users);
    }
  }

  private void closed(int users) {
    Run run =
        bench.medianProfiled(
            "paid-" + users,
            () -> {
              orders = new Latencies();
              checkouts = new Latencies();
              return bench.measure(new ClosedLoop(users, bench.options().measured()), this::buy);
            });
    MailLag lag = MailLag.since(bench.stage().databases(), run.began());
    double seconds =
        Duration.between(run.began(), lag.lastAccepted()).toMillis() / MILLISECONDS_PER_SECOND;
    Report report = bench.report();
    String load = users + " users, closed loop";
    report.add(
        load + ": paid, confirmed and mailed",
        run.isRight() ? lag.sinceOrdered().count() / seconds : 0,
        "1/s",
        Target.PAID_PER_SECOND,
        Bench.refusals(run.load()));
    report.add(load + ": order p99", orders.percentileMs(0.99), "ms");
    report.add(load + ": checkout p99", checkouts.percentileMs(0.99), "ms");
    report.add(load + ": order → mail accepted, p50", lag.sinceOrdered().percentileMs(0.5), "ms");
    report.add(
        load + ": order → mail accepted, p99",
        lag.sinceOrdered().percentileMs(0.99),
        "ms",
        null,
        "quiet %.1f s after the last payment".formatted(run.quietAfterSeconds()));
    bench.reportCpu(load, run, null);
  }

  private Outcome buy(int number) throws IOException, InterruptedException {
    Participant participant = bench.stage().participant(number);
    long began = System.nanoTime();
    Api.Answer order = FreeRegistrations.order(participant, bench.stage().paidCourse(number));
    if (order.status() != 201) {
      return Outcome.refused("order " + order.refusal());
    }
    orders.add(System.nanoTime() - began);
    UUID id = UUID.fromString(order.json().get("id").asString());
    Api.Answer payments =
        participant.api().get("/api/v1/payments?registrationId=" + id + "&waitSeconds=10");
    if (payments.status() != 200 || payments.json().get("data").size() != 1) {
      return new Outcome("payment " + payments.refusal(), id);
    }
    String payment = payments.json().get("data").get(0).get("id").asString();
    long clicked = System.nanoTime();
    String gateway = bench.stage().platform().gatewayUrl();
    Api.Answer checkout =
        participant
            .api()
            .post(
                "/api/v1/payments/" + payment + "/checkout",
                Map.of("successUrl", gateway + "/paid", "cancelUrl", gateway + "/cancelled"));
    if (checkout.status() != 201) {
      return new Outcome("checkout " + checkout.refusal(), id);
    }
    checkouts.add(System.nanoTime() - clicked);
    Matcher session = SESSION_ID.matcher(checkout.json().get("url").asString());
    if (!session.find()) {
      return new Outcome("checkout without a session", id);
    }
    Api.Answer paid =
        bench
            .stage()
            .sandbox()
            .post(
                "/_sandbox/checkout-sessions/" + session.group() + "/pay",
                Map.of("card", CARD_THAT_PAYS));
    return paid.status() == 200 ? Outcome.good(id) : new Outcome("pay " + paid.refusal(), id);
  }
}
