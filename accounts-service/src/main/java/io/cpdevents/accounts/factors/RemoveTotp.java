package io.cpdevents.accounts.factors;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.accounts.sessions.RequireFreshProof;
import io.cpdevents.contracts.accounts.SecondFactorChange;
import io.cpdevents.platform.error.RuleViolation;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A person removes the authenticator app, with a fresh proof of a second factor. */
@Component
public class RemoveTotp {

  private final RequireFreshProof requireFreshProof;
  private final Totps totps;
  private final RemoveFactor removeFactor;

  RemoveTotp(RequireFreshProof requireFreshProof, Totps totps, RemoveFactor removeFactor) {
    this.requireFreshProof = requireFreshProof;
    this.totps = totps;
    this.removeFactor = removeFactor;
  }

  /**
   * Removes it.
   *
   * @throws RuleViolation 403 {@code step-up-required}, 404 {@code totp-not-found}
   */
  @Transactional
  public void handle(UUID accountId, UUID sessionId) {
    requireFreshProof.handle(accountId, sessionId);
    if (!totps.remove(accountId)) {
      throw AccountsProblem.TOTP_NOT_FOUND.violation();
    }
    removeFactor.handle(accountId, SecondFactorChange.TOTP_REMOVED);
  }
}
