package io.cpdevents.benchmarks.scenarios;

import io.cpdevents.benchmarks.figures.Report;
import io.cpdevents.benchmarks.figures.Target;
import io.cpdevents.benchmarks.load.Action.Outcome;
import io.cpdevents.benchmarks.load.ClosedLoop;
import io.cpdevents.benchmarks.load.Latencies;
import io.cpdevents.benchmarks.scenarios.Bench.Run;
import io.cpdevents.driver.Card;
import io.cpdevents.driver.Payment;
import io.cpdevents.driver.Person;
import io.cpdevents.driver.Registration;
import io.cpdevents.driver.http.Answer;
import java.time.Duration;

/**
 * Paid registrations: order, payment, Stripe's page, the money's webhook, confirmed, mail. A user
 * goes on once the page was paid; what comes after happens behind, and is counted to its end.
 */
public final class PaidRegistrations {

  private static final int[] USERS = {8, 16};
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
    MailLag lag = MailLag.since(bench.stage().world().databases(), run.began());
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

  private Outcome buy(int number) {
    Person participant = bench.stage().participant(number);
    long began = System.nanoTime();
    Answer order = participant.triesToRegisterFor(bench.stage().paidEvent(number), 1);
    if (order.status() != 201) {
      return Outcome.refused("order " + order.outcome());
    }
    orders.add(System.nanoTime() - began);
    Registration registration = participant.registration(order);
    Answer found = registration.asksForPayment();
    if (found.status() != 200 || found.data().isEmpty()) {
      return new Outcome("payment " + found.outcome(), registration.id());
    }
    Payment payment = registration.payment(found);
    long clicked = System.nanoTime();
    Answer checkout = payment.triesCheckout();
    if (checkout.status() != 201) {
      return new Outcome("checkout " + checkout.outcome(), registration.id());
    }
    checkouts.add(System.nanoTime() - clicked);
    Answer paid = payment.checkout(checkout).triesToPayWith(Card.PAYS);
    return paid.status() == 200
        ? Outcome.good(registration.id())
        : new Outcome("pay " + paid.outcome(), registration.id());
  }
}
