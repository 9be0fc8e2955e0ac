package io.cpdevents.sandbox.time;

import org.springframework.stereotype.Component;

/** Moves the sandbox's clock, and does what becomes due. */
@Component
public class MoveClock {
  private final SandboxClock clock;
  private final PlannedSteps planned;
  private final StepRunner steps;

  MoveClock(SandboxClock clock, PlannedSteps planned, StepRunner steps) {
    this.clock = clock;
    this.planned = planned;
    this.steps = steps;
  }

  /**
   * Moves forwards from one second at which something is due to the next, so that each step happens
   * in order and at its own time: what it dates, and what it plans, is as if nobody had moved it.
   */
  synchronized void to(long offsetSeconds) {
    while (clock.offsetSeconds() != offsetSeconds) {
      long missing = offsetSeconds - clock.offsetSeconds();
      long now = clock.epochSecond();
      long untilNext = planned.nextAfter(now).map(due -> due - now).orElse(missing);
      clock.setOffsetSeconds(clock.offsetSeconds() + Math.min(missing, untilNext));
      steps.runDue();
    }
  }

  /** Moves forwards by this much; not in a transaction. */
  public synchronized void by(long seconds) {
    to(clock.offsetSeconds() + seconds);
  }
}
