package io.cpdevents.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * How far the business time of all services and the sandbox is ahead of the machine's. It survives
 * restarts.
 */
final class BusinessClock {

  private static final List<Component> WITH_A_CLOCK =
      List.of(
          Component.ACCOUNTS,
          Component.REGISTRATION,
          Component.BILLING,
          Component.PAYOUT,
          Component.NOTIFICATION);

  /** No step is longer than this, so that what is due on one day happens before the next. */
  private static final Duration MAX_STEP_TIME = Duration.ofDays(1);

  /** What is due gets this long before the next step. */
  private static final Duration BETWEEN_STEPS = Duration.ofSeconds(2);

  private static final Duration MAX_ANSWER_TIME = Duration.ofSeconds(30);
  private static final Duration MAX_ADVANCE_TIME = Duration.ofDays(3660);

  private final LocalOptions options;
  private final String internalToken;
  private final Predicate<Component> runs;
  private final LocalHttp http;
  private final Path file;

  /**
   * @param internalToken the bearer of {@code /internal/**}
   * @param runs whether a component is there to be told
   */
  BusinessClock(
      LocalOptions options, String internalToken, Predicate<Component> runs, LocalHttp http) {
    this.options = options;
    this.internalToken = internalToken;
    this.runs = runs;
    this.http = http;
    this.file = file(options);
  }

  /** Seconds ahead of the machine's clock. */
  long offsetSeconds() {
    return offsetSeconds(options);
  }

  /** The same of a platform that need not run. */
  static long offsetSeconds(LocalOptions options) {
    Path file = file(options);
    if (!Files.exists(file)) {
      return 0;
    }
    try {
      return Long.parseLong(Files.readString(file).strip());
    } catch (IOException e) {
      throw new UncheckedIOException("could not read " + file, e);
    }
  }

  /** Moves everybody's clock, day by day; returns the new offset in seconds. */
  long advance(Duration by) {
    return advance(by, MAX_STEP_TIME);
  }

  /**
   * Moves everybody's clock in one leap: what falls due meanwhile is done after it, in any order,
   * as when services were away for so long. Returns the new offset in seconds.
   */
  long leap(Duration by) {
    return advance(by, by);
  }

  private synchronized long advance(Duration by, Duration maxStep) {
    if (options.usesRealStripe()) {
      throw new LocalFailure("the clock does not move while payments go to Stripe itself");
    }
    if (by.isNegative() || by.isZero() || by.compareTo(MAX_ADVANCE_TIME) > 0) {
      throw new LocalFailure("the clock moves forward only, by at most ten years: " + by);
    }
    Duration left = by;
    while (left.isPositive()) {
      Duration step = left.compareTo(maxStep) > 0 ? maxStep : left;
      step(step);
      left = left.minus(step);
      if (left.isPositive()) {
        pause();
      }
    }
    return offsetSeconds();
  }

  private void step(Duration step) {
    long offset = offsetSeconds() + step.toSeconds();
    save(offset);
    if (runs.test(Component.STRIPE_SANDBOX)) {
      tellSandbox();
    }
    WITH_A_CLOCK.stream()
        .filter(runs)
        .forEach(service ->
            tell(
                service.wireName(),
                "POST",
                options.urlOf(service) + "/internal/clock",
                "{\"offsetSeconds\": %d}".formatted(offset)));
  }

  /** Sets the sandbox's clock, which it keeps by itself, to ours. */
  void tellSandbox() {
    tell(
        "the sandbox",
        "PUT",
        options.sandboxUrl() + "/_sandbox/clock",
        "{\"offsetSeconds\": %d}".formatted(offsetSeconds()));
  }

  private void tell(String name, String method, String url, String body) {
    try {
      LocalHttp.Answer answer =
          http.send(
              method,
              url,
              body,
              Map.of("Authorization", "Bearer " + internalToken),
              MAX_ANSWER_TIME);
      if (!answer.isGood()) {
        throw new LocalFailure(
            "%s refused the clock with %d: %s".formatted(name, answer.status(), answer.body()));
      }
    } catch (IOException e) {
      throw new LocalFailure("%s did not take the clock: %s".formatted(name, e));
    }
  }

  private static Path file(LocalOptions options) {
    return options.home().resolve("clock-offset-seconds");
  }

  private void save(long offset) {
    try {
      Files.writeString(file, Long.toString(offset));
    } catch (IOException e) {
      throw new UncheckedIOException("could not write " + file, e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(BETWEEN_STEPS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalFailure("interrupted while moving the clock");
    }
  }
}
