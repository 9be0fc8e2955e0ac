package io.cpdevents.benchmarks.figures;

import java.util.Locale;

/**
 * What is wanted of a figure, with everything on two cores of the machine on which it was set.
 *
 * @param floor what must be reached
 * @param goal what is aimed at
 * @param kind what is counted
 */
public record Target(double floor, double goal, Kind kind) {

  public static final Target FREE_HOT_PER_SECOND = rate(250, 1_000);
  public static final Target FREE_SPREAD_PER_SECOND = rate(400, 1_200);
  public static final Target CPU_MS_PER_REGISTRATION = time(6, 2);
  public static final Target PAID_PER_SECOND = rate(60, 200);
  public static final Target OPEN_HALF_P99_MS = time(50, 10);
  public static final Target MAIL_P99_MS = time(5_000, 500);
  public static final Target OUTBOX_P99_MS = time(200, 40);
  public static final Target WEBHOOK_P99_MS = time(1_000, 100);
  public static final Target JVM_MEGABYTES = new Target(2_560, 1_536, Kind.SIZE);
  public static final Target START_SECONDS = time(40, 12);

  /** Stripe allows 25 requests a second in its test mode, and 100 else. */
  public static final Target STRIPE_REQUESTS_PER_SECOND = new Target(25, 20, Kind.SIZE);

  public static final Target RECONCILIATION_SECONDS = time(600, 180);

  /** What is counted, and so what a slower machine does to it. */
  public enum Kind {
    /** In a second: more is better, a slower machine does less. */
    RATE,
    /** Less is better, a slower machine takes longer. */
    TIME,
    /** Less is better, on every machine. */
    SIZE
  }

  private static Target rate(double floor, double goal) {
    return new Target(floor, goal, Kind.RATE);
  }

  private static Target time(double floor, double goal) {
    return new Target(floor, goal, Kind.TIME);
  }

  /** {@code goal}, {@code floor} or {@code missed}. */
  public String verdict(double value) {
    if (isAsGoodAs(value, goal)) {
      return "goal";
    }
    return isAsGoodAs(value, floor) ? "floor" : "missed";
  }

  /** What it is on a machine where the same takes so many times as long. */
  public Target onMachine(double slowness) {
    return switch (kind) {
      case RATE -> rate(floor / slowness, goal / slowness);
      case TIME -> time(floor * slowness, goal * slowness);
      case SIZE -> this;
    };
  }

  /** For people: {@code ≥ 250 / 1000}. */
  public String text() {
    return String.format(Locale.ROOT, "%s %.0f / %.0f", kind == Kind.RATE ? "≥" : "≤", floor, goal);
  }

  private boolean isAsGoodAs(double value, double wanted) {
    return kind == Kind.RATE ? value >= wanted : value <= wanted;
  }
}
