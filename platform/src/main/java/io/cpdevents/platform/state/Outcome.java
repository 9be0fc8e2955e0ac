package io.cpdevents.platform.state;

/**
 * What a trigger does to a state, as a row of the table says.
 *
 * @param <S> the states
 */
public sealed interface Outcome<S> {

  /** Why, as the row says. */
  String reason();

  /**
   * The row was taken. A row may lead back to the same state and still have an effect, so whoever
   * acts on it switches over the outcome and never compares states.
   *
   * @param to the state from now on
   */
  record Changed<S>(S to, String reason) implements Outcome<S> {}

  /** The message is late or came twice: nothing happens. */
  record Ignored<S>(String reason) implements Outcome<S> {}
}
