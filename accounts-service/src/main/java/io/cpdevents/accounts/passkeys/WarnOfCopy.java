package io.cpdevents.accounts.passkeys;

import io.cpdevents.accounts.limits.Limit;
import io.cpdevents.accounts.limits.Occasions;
import io.cpdevents.accounts.passkeys.Passkeys.Stored;
import io.cpdevents.contracts.accounts.AccountEvent.PasskeyCopyRefused;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.messaging.Outbox;
import java.time.Clock;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The owner of an account is told that a device has signed with the key of a passkey, and counts
 * less than another one that has signed before: one of them is a copy.
 */
@Component
class WarnOfCopy {

  private final UsedChallenges usedChallenges;
  private final Occasions occasions;
  private final Outbox outbox;
  private final AuditTrail auditTrail;
  private final Clock clock;

  WarnOfCopy(
      UsedChallenges usedChallenges,
      Occasions occasions,
      Outbox outbox,
      AuditTrail auditTrail,
      Clock clock) {
    this.usedChallenges = usedChallenges;
    this.occasions = occasions;
    this.outbox = outbox;
    this.auditTrail = auditTrail;
    this.clock = clock;
  }

  /**
   * Tells it once a day, and writes each time into the audit log. Who sends again what was taken
   * before has an old signature and no copy, so that is not told.
   */
  @Transactional
  public void handle(Stored passkey, byte[] challenge) {
    if (!usedChallenges.add(challenge)) {
      return;
    }
    auditTrail.record(
        "passkey.copy-refused",
        "account",
        passkey.accountId().toString(),
        null,
        Map.of("passkeyId", passkey.id().toString()));
    if (occasions.take(Limit.PASSKEY_COPY_MAIL, passkey.id().toString())) {
      outbox.append(new PasskeyCopyRefused(passkey.accountId(), Ids.next(), clock.instant()));
    }
  }
}
