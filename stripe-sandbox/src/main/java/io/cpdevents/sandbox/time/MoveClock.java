package io.cpdevents.sandbox.time;

import java.time.Duration;
import org.springframework.stereotype.Component;

/** Moves the sandbox's clock, and does what becomes due. */
@Component
public class MoveClock {
  private static final long MAX_STEP_SECONDS = Duration.ofDays(1).toSeconds();

  private final SandboxClock clock;
  private final StepRunner steps;

  MoveClock(SandboxClock clock, StepRunner steps) {
    this.clock = clock;
    this.steps = steps;
  }

  /** Moves forwards by a day at most at a time, so that due steps happen in order. */
  synchronized void to(long offsetSeconds) {
    while (clock.offsetSeconds() != offsetSeconds) {
      long missing = offsetSeconds - clock.offsetSeconds();
      clock.setOffsetSeconds(
          clock.offsetSeconds() + (missing > 0 ? Math.min(missing, MAX_STEP_SECONDS) : missing));
      steps.runDue();
    }
  }

  /** Moves forwards by this much; not in a transaction. */
  public synchronized void by(long seconds) {
    to(clock.offsetSeconds() + seconds);
  }
}
