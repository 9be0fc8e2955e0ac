package io.cpdevents.platform.state;

import io.cpdevents.contracts.Event;
import org.jspecify.annotations.Nullable;

/** Observes which rows of transition tables are taken. */
interface TransitionObserver {

  /** Does nothing: for unit tests of aggregates. */
  TransitionObserver NONE = (_, _, _, _, _) -> {};

  /**
   * A row was taken.
   *
   * @param machine the name of the table
   * @param event that the same transaction has to append to the outbox; null for none
   */
  void onTaken(
      String machine,
      Enum<?> from,
      Enum<?> trigger,
      Enum<?> to,
      @Nullable Class<? extends Event> event);
}
