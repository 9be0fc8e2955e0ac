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
   * @param passesTime whether time passes by it: then it happens after all others of its moment,
   *     because the clocks of all processes jump, one after the other, and what goes on meanwhile
   *     would see two times that are hours apart
   */
  record Act(String what, Runnable does, boolean passesTime) {

    Act(String what, Runnable does) {
      this(what, does, false);
    }
  }

  /** Chooses what happens next, and to whom; empty when there is nobody that it can happen to. */
  Optional<Act> choose(Scenario scenario);
}
