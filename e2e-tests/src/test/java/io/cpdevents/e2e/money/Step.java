package io.cpdevents.e2e.money;

import java.util.Optional;

/**
 * A kind of thing that can happen to money. Another one is a class, and a line in {@link Steps}.
 */
@FunctionalInterface
interface Step {

  /**
   * Something that is about to happen.
   *
   * @param what for people who read a run
   */
  record Act(String what, Runnable does) {}

  /** Chooses what happens next, and to whom; empty when there is nobody that it can happen to. */
  Optional<Act> choose(Scenario scenario);
}
