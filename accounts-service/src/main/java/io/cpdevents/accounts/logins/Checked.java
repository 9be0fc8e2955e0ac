package io.cpdevents.accounts.logins;

import io.cpdevents.accounts.logins.SecondFactor.RightCode;
import java.util.Optional;

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

  /** What was found when a code was looked up. */
  static Checked<RightCode> ofCode(Optional<RightCode> found) {
    return found
        .<Checked<RightCode>>map(Passed::new)
        .orElseGet(() -> new Failed<>(LoginOutcome.WRONG_CODE));
  }
}
