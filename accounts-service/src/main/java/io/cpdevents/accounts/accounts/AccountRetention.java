package io.cpdevents.accounts.accounts;

import io.cpdevents.contracts.Topic;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.messaging.Outbox;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What nobody needs any more is removed: links that no longer count, and who never followed one.
 */
@Component
public class AccountRetention {

  /** How long somebody may take to verify an address, counted from the last sign-up with it. */
  static final Duration UNVERIFIED_LIFE = Duration.ofDays(30);

  private static final int BATCH_ROWS = 200;

  private final Accounts accounts;
  private final VerificationMails mails;
  private final Outbox outbox;
  private final AuditTrail auditTrail;
  private final Clock clock;

  AccountRetention(
      Accounts accounts,
      VerificationMails mails,
      Outbox outbox,
      AuditTrail auditTrail,
      Clock clock) {
    this.accounts = accounts;
    this.mails = mails;
    this.outbox = outbox;
    this.auditTrail = auditTrail;
    this.clock = clock;
  }

  /** Removes one batch; answers how many rows it was. */
  @Transactional
  public int removeExpiredMails() {
    return mails.removeExpired(clock.instant(), BATCH_ROWS);
  }

  /** Removes one batch of sign-ups that were never verified, from the topic as well. */
  @Transactional
  public int removeUnverified() {
    List<UUID> removed =
        accounts.removeUnverifiedSince(clock.instant().minus(UNVERIFIED_LIFE), BATCH_ROWS);
    for (UUID accountId : removed) {
      outbox.appendTombstone(Topic.ACCOUNTS_PROFILES, accountId.toString());
      auditTrail.record("account.removed", "account", accountId.toString(), null, Map.of());
    }
    return removed.size();
  }
}
