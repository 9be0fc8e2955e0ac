package io.cpdevents.accounts.logins;

/**
 * What was found when a proof was looked at.
 *
 * @param <C> what the success goes on with
 */
public sealed interface Checked<C> {

  /** The proof is good. */
  record Passed<C>(C value) implements Checked<C> {}

  /** It is not. */
  record Failed<C>(LoginOutcome outcome) implements Checked<C> {}
}
