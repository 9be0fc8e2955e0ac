package io.cpdevents.driver.invariants;

import java.time.Duration;

/**
 * Something is not as it must be.
 *
 * @param within how long it may be so
 */
public record Violation(Invariant invariant, String what, Duration within) {

  @Override
  public String toString() {
    return invariant + ": " + what;
  }
}
