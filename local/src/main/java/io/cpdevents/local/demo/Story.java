package io.cpdevents.local.demo;

import io.cpdevents.driver.Listener;
import io.cpdevents.driver.NotAsExpected;
import io.cpdevents.driver.http.Exchange;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/** Tells what happens, and checks it. */
final class Story implements Listener {

  private static final int SHOWN_CHARACTERS = 320;
  private static final double MILLIS_PER_SECOND = 1000;

  /** What must not be shown even here: people copy terminals into tickets. */
  private static final Pattern SECRET =
      Pattern.compile("(\"(?:password|token)\":\")([^\"]{0,6})[^\"]*(\")");

  private final PrintStream out;
  private int steps;
  private boolean waiting;

  Story(PrintStream out) {
    this.out = out;
  }

  /** A new step. */
  void step(String title) {
    steps++;
    out.printf(Locale.ROOT, "%n%d. %s%n", steps, title);
  }

  /** A line of the present step. */
  void tell(String line) {
    out.println("   " + line);
  }

  /** Says what was checked, or breaks off. */
  void check(boolean good, String what) {
    if (!good) {
      throw new NotAsExpected(what);
    }
    tell("✓ " + what);
  }

  /** A request and its answer, shortened. */
  @Override
  public void answered(Exchange exchange) {
    if (waiting) {
      return;
    }
    String body = exchange.body().isEmpty() ? "" : "  " + shortened(exchange.body());
    tell(exchange.method() + " " + exchange.path() + body);
    tell(
        "→ %d in %d ms  %s"
            .formatted(
                exchange.answer().status(),
                exchange.took().toMillis(),
                shortened(exchange.answer().body())));
  }

  @Override
  public void waitsFor(String what) {
    waiting = true;
  }

  @Override
  public void cameTrue(String what, Duration after) {
    waiting = false;
    tell(
        String.format(
            Locale.ROOT, "✓ %s, after %.1f s", what, after.toMillis() / MILLIS_PER_SECOND));
  }

  private static String shortened(String text) {
    String plain = SECRET.matcher(text.replaceAll("\\s*\\n\\s*", " ")).replaceAll("$1$2…$3");
    return plain.length() <= SHOWN_CHARACTERS ? plain : plain.substring(0, SHOWN_CHARACTERS) + " …";
  }
}
