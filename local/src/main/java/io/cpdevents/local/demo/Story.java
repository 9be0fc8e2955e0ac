package io.cpdevents.local.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Tells what happens, and checks it. */
final class Story {

  /** Something is not as it has to be. */
  static final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Broken(String message) {
      super(message);
    }
  }

  private static final int SHOWN_CHARACTERS = 320;
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);
  private static final double NANOS_PER_MILLI = 1e6;

  /** What must not be shown even here: people copy terminals into tickets. */
  private static final Pattern SECRET =
      Pattern.compile("(\"(?:password|token)\":\")([^\"]{0,6})[^\"]*(\")");

  private final PrintStream out;
  private int steps;

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

  /** A request and its answer, shortened. */
  void exchange(String request, String body, int status, String answer, long nanos) {
    tell(request + (body.isEmpty() ? "" : "  " + shortened(body)));
    out.printf(
        Locale.ROOT,
        "   → %d in %.0f ms  %s%n",
        status,
        nanos / NANOS_PER_MILLI,
        shortened(answer));
  }

  /** Says what was checked, or breaks off. */
  void check(boolean good, String what) {
    if (!good) {
      throw new Broken(what);
    }
    tell("✓ " + what);
  }

  /** Asks again until there is something, or breaks off. */
  <T> T await(String what, Duration most, Supplier<Optional<T>> question) {
    long began = System.nanoTime();
    while (System.nanoTime() - began < most.toNanos()) {
      Optional<T> answer = question.get();
      if (answer.isPresent()) {
        out.printf(
            Locale.ROOT,
            "   ✓ %s, after %.1f s%n",
            what,
            (System.nanoTime() - began) / (NANOS_PER_MILLI * 1000));
        return answer.get();
      }
      try {
        Thread.sleep(LOOK_EVERY);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Broken("interrupted while waiting: " + what);
      }
    }
    throw new Broken("waited " + most.toSeconds() + " s in vain: " + what);
  }

  private static String shortened(String text) {
    String plain = SECRET.matcher(text.replaceAll("\\s*\\n\\s*", " ")).replaceAll("$1$2…$3");
    return plain.length() <= SHOWN_CHARACTERS ? plain : plain.substring(0, SHOWN_CHARACTERS) + " …";
  }
}
