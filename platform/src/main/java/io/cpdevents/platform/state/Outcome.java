package io.cpdevents.platform.state;

/**
 * What a trigger does to a state, by a row of the transition table.
 *
 * @param <S> the states
 */
public sealed interface Outcome<S> {

  /** The reason that the row states. */
  String reason();

  /**
   * The row was taken. It may lead back to the same state and still have an effect, so callers
   * switch over the outcome and never compare states.
   *
   * @param to the new state
   */
  record Changed<S>(S to, String reason) implements Outcome<S> {}

  /** Nothing happens, because the message is late or a duplicate. */
  record Ignored<S>(String reason) implements Outcome<S> {}
}
