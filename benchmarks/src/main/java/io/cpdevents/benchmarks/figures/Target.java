package io.cpdevents.benchmarks.figures;

import java.util.Locale;

/**
 * What is wanted of a figure, with everything on two cores.
 *
 * @param floor what must be reached
 * @param goal what is aimed at
 * @param moreIsBetter whether larger figures are better
 */
public record Target(double floor, double goal, boolean moreIsBetter) {

  public static final Target FREE_HOT_PER_SECOND = atLeast(250, 1_000);
  public static final Target FREE_SPREAD_PER_SECOND = atLeast(400, 1_200);
  public static final Target CPU_MS_PER_REGISTRATION = atMost(6, 2);
  public static final Target PAID_PER_SECOND = atLeast(60, 200);
  public static final Target OPEN_HALF_P99_MS = atMost(50, 10);
  public static final Target MAIL_P99_MS = atMost(5_000, 500);
  public static final Target OUTBOX_P99_MS = atMost(200, 40);
  public static final Target WEBHOOK_P99_MS = atMost(1_000, 100);
  public static final Target JVM_MEGABYTES = atMost(2_560, 1_536);
  public static final Target START_SECONDS = atMost(40, 12);

  private static Target atLeast(double floor, double goal) {
    return new Target(floor, goal, true);
  }

  private static Target atMost(double floor, double goal) {
    return new Target(floor, goal, false);
  }

  /** {@code goal}, {@code floor} or {@code missed}. */
  public String verdict(double value) {
    if (isAsGoodAs(value, goal)) {
      return "goal";
    }
    return isAsGoodAs(value, floor) ? "floor" : "missed";
  }

  /** For people: {@code ≥ 250 / 1000}. */
  public String text() {
    return String.format(Locale.ROOT, "%s %.0f / %.0f", moreIsBetter ? "≥" : "≤", floor, goal);
  }

  private boolean isAsGoodAs(double value, double wanted) {
    return moreIsBetter ? value >= wanted : value <= wanted;
  }
}
