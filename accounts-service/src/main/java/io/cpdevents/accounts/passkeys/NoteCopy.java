package io.cpdevents.accounts.passkeys;

import io.cpdevents.accounts.passkeys.Passkeys.Stored;
import io.cpdevents.platform.audit.AuditTrail;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * A device has signed with the key of a passkey, and counts less than another one that has signed
 * before: one of them is a copy.
 */
@Component
class NoteCopy {

  private final UsedChallenges usedChallenges;
  private final AuditTrail auditTrail;

  NoteCopy(UsedChallenges usedChallenges, AuditTrail auditTrail) {
    this.usedChallenges = usedChallenges;
    this.auditTrail = auditTrail;
  }

  /**
   * Writes it into the audit log; false for who only sends again what was taken before, and has an
   * old signature and no copy.
   */
  @Transactional
  public boolean handle(Stored passkey, byte[] challenge) {
    boolean isNew = usedChallenges.add(challenge);
    if (isNew) {
      auditTrail.record(
          "passkey.copy-refused",
          "account",
          passkey.accountId().toString(),
          null,
          Map.of("passkeyId", passkey.id().toString()));
    }
    return isNew;
  }
}
