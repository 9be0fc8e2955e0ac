package io.cpdevents.accounts.logins;

import io.cpdevents.accounts.limits.Limit;
import io.cpdevents.accounts.limits.Occasions;
import io.cpdevents.accounts.limits.RequestLimits;
import io.cpdevents.platform.error.RuleViolation;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Bounds guesses at the codes of one account, from wherever they come. Only who has the password or
 * a session can guess, so its owner is told once when there are too many. A recovery code has 80
 * bits: nobody guesses one, and it still works then.
 */
@Component
class FactorGuesses {

  private final RequestLimits limits;
  private final Occasions occasions;
  private final WarnOfGuesses warnOfGuesses;

  FactorGuesses(RequestLimits limits, Occasions occasions, WarnOfGuesses warnOfGuesses) {
    this.limits = limits;
    this.occasions = occasions;
    this.warnOfGuesses = warnOfGuesses;
  }

  /**
   * Counts one guess, which may be right.
   *
   * @throws RuleViolation 429 {@code too-many-requests}
   */
  void take(UUID accountId, FactorCode code) {
    if (code.method() != LoginMethod.TOTP) {
      return;
    }
    try {
      limits.take(Limit.FACTOR, accountId.toString());
    } catch (RuleViolation tooMany) {
      if (occasions.take(Limit.FACTOR_MAIL, accountId.toString())) {
        warnOfGuesses.handle(accountId);
      }
      throw tooMany;
    }
  }

  /** It was right. */
  void giveBack(UUID accountId, FactorCode code) {
    if (code.method() == LoginMethod.TOTP) {
      limits.onSuccess(Limit.FACTOR, accountId.toString());
    }
  }
}
