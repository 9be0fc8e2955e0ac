package io.cpdevents.benchmarks.scenarios;

import io.cpdevents.benchmarks.figures.Report;
import io.cpdevents.benchmarks.figures.Target;
import io.cpdevents.benchmarks.load.Action;
import io.cpdevents.benchmarks.load.ClosedLoop;
import io.cpdevents.benchmarks.load.OpenLoad;
import io.cpdevents.benchmarks.load.OpenSchedule;
import io.cpdevents.benchmarks.scenarios.Bench.Run;
import io.cpdevents.benchmarks.stage.Stage;
import io.cpdevents.driver.Person;
import io.cpdevents.driver.PublishedEvent;
import io.cpdevents.driver.Wait;
import io.cpdevents.driver.http.Answer;
import io.cpdevents.driver.http.NoAnswer;
import java.time.Duration;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Free registrations through the gateway: one request, confirmed, and the mail behind it. */
public final class FreeRegistrations {

  private static final int[] USERS = {8, 16};
  private static final int USERS_WARMING_UP = 8;
  private static final double[] MAX_SHARES = {0.5, 0.8, 3};
  private static final double HALF = 0.5;

  /** The driver sends no more while this many requests are unanswered. */
  private static final int MAX_CONCURRENT_REQUESTS = 2_000;

  private static final Duration MAX_RECOVERY_TIME = Duration.ofSeconds(60);
  private static final double NANOS_PER_SECOND = 1e9;

  private final Bench bench;
  private final String name;
  private final @Nullable Target target;
  private final IntFunction<PublishedEvent> events;

  /** What is typed so that it is free; null when it is free anyway. */
  private final @Nullable String promoCode;

  private FreeRegistrations(
      Bench bench,
      String name,
      @Nullable Target target,
      IntFunction<PublishedEvent> events,
      @Nullable String promoCode) {
    this.bench = bench;
    this.name = name;
    this.target = target;
    this.events = events;
    this.promoCode = promoCode;
  }

  /** Everybody wants the same event. */
  public static FreeRegistrations hot(Bench bench) {
    return new FreeRegistrations(
        bench, "free-hot", Target.FREE_HOT_PER_SECOND, _ -> bench.stage().hotEvent(), null);
  }

  /** A hundred events, in turn. */
  public static FreeRegistrations spread(Bench bench) {
    return new FreeRegistrations(
        bench, "free-spread", Target.FREE_SPREAD_PER_SECOND, bench.stage()::event, null);
  }

  /** Everybody wants the same event, and uses the same code, by which it is free. */
  public static FreeRegistrations hotWithCode(Bench bench) {
    return new FreeRegistrations(
        bench, "promo-hot", null, _ -> bench.stage().paidEvent(0), Stage.FREE_CODE);
  }

  /** A hundred events in turn, all with the same code. */
  public static FreeRegistrations spreadWithCode(Bench bench) {
    return new FreeRegistrations(
        bench, "promo-spread", null, bench.stage()::paidEvent, Stage.FREE_CODE);
  }

  /** Load whose figures nobody looks at. */
  public void warmUp(Duration length) {
    bench.measure(new ClosedLoop(USERS_WARMING_UP, length), this::register);
  }

  /** Finds the most, then asks for shares of it; answers the most, in a second. */
  public double run() {
    bench.report().begin(name);
    double most = 0;
    for (int users : USERS) {
      most = Math.max(most, closed(users));
    }
    if (most > 0) {
      for (double share : MAX_SHARES) {
        open(share, most);
      }
    }
    return most;
  }

  private double closed(int users) {
    Run run =
        bench.medianProfiled(
            name + "-" + users,
            () -> bench.measure(new ClosedLoop(users, bench.options().measured()), this::register));
    Report report = bench.report();
    String load = users + " users, closed loop";
    report.add(load + ": confirmed", run.perSecond(), "1/s", target, Bench.refusals(run.load()));
    report.add(load + ": p50", run.load().latencies().percentileMs(0.5), "ms");
    report.add(load + ": p99", run.load().latencies().percentileMs(0.99), "ms");
    mails(load, run, null);
    bench.reportCpu(load, run, Target.CPU_MS_PER_REGISTRATION);
    return run.perSecond();
  }

  private void open(double share, double most) {
    double perSecond = share * most;
    OpenSchedule schedule = new OpenSchedule(perSecond, bench.options().measured());
    Run run =
        bench.median(
            () -> bench.measure(new OpenLoad(schedule, MAX_CONCURRENT_REQUESTS), this::register));
    Report report = bench.report();
    String load = "open at %.0f %% (%.0f/s)".formatted(share * 100, perSecond);
    boolean half = share == HALF;
    report.add(load + ": served", run.perSecond(), "1/s", null, Bench.refusals(run.load()));
    report.add(load + ": p50", run.load().latencies().percentileMs(0.5), "ms");
    report.add(
        load + ": p99 from intended time",
        run.load().latencies().percentileMs(0.99),
        "ms",
        half ? Target.OPEN_HALF_P99_MS : null,
        "");
    mails(load, run, half ? Target.MAIL_P99_MS : null);
    if (half) {
      bench.reportCpu(load, run, Target.CPU_MS_PER_REGISTRATION);
    }
    if (share > 1) {
      report.add(load + ": serves again after", secondsUntilServed(), "s");
    }
  }

  /** After the flood and when its mails are sent: a breaker may still be open. */
  private double secondsUntilServed() {
    long began = System.nanoTime();
    boolean served = Wait.atMost(MAX_RECOVERY_TIME).isSo(this::isServed);
    return served ? (System.nanoTime() - began) / NANOS_PER_SECOND : Double.NaN;
  }

  private boolean isServed() {
    try {
      return register(0).isGood();
    } catch (NoAnswer e) {
      return false;
    }
  }

  private void mails(String load, Run run, @Nullable Target wanted) {
    MailLag lag = MailLag.since(bench.stage().world().databases(), run.began());
    bench
        .report()
        .add(
            load + ": confirmed → mail accepted, p99",
            lag.sinceConfirmed().percentileMs(0.99),
            "ms",
            wanted,
            "quiet %.1f s after the last answer".formatted(run.quietAfterSeconds()));
  }

  private Action.Outcome register(int number) {
    Person person = bench.stage().participant(number);
    PublishedEvent event = events.apply(number);
    Answer answer =
        promoCode == null
            ? person.triesToRegisterFor(event, 1)
            : person.triesToRegisterFor(event, 1, promoCode);
    return answer.status() == 201
        ? Action.Outcome.good(answer.id())
        : Action.Outcome.refused(answer.outcome());
  }
}
