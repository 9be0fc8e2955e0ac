package io.cpdevents.accounts.passkeys;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.accounts.factors.RemoveFactor;
import io.cpdevents.accounts.sessions.RequireFreshProof;
import io.cpdevents.contracts.accounts.SecondFactorChange;
import io.cpdevents.platform.error.RuleViolation;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A person removes a passkey, with a fresh proof of a second factor. */
@Component
public class RemovePasskey {

  /** Which one, and in which session. */
  public record Command(UUID accountId, UUID sessionId, UUID passkeyId) {}

  private final RequireFreshProof requireFreshProof;
  private final Passkeys passkeys;
  private final RemoveFactor removeFactor;

  RemovePasskey(RequireFreshProof requireFreshProof, Passkeys passkeys, RemoveFactor removeFactor) {
    this.requireFreshProof = requireFreshProof;
    this.passkeys = passkeys;
    this.removeFactor = removeFactor;
  }

  /**
   * Removes it.
   *
   * @throws RuleViolation 403 {@code step-up-required}, 404 {@code passkey-not-found}
   */
  @Transactional
  public void handle(Command command) {
    requireFreshProof.handle(command.accountId(), command.sessionId());
    if (!passkeys.remove(command.accountId(), command.passkeyId())) {
      throw AccountsProblem.PASSKEY_NOT_FOUND.violation();
    }
    removeFactor.handle(command.accountId(), SecondFactorChange.PASSKEY_REMOVED);
  }
}
