package io.cpdevents.accounts.accounts;

import io.cpdevents.contracts.Topic;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.messaging.Outbox;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Accounts that nobody verifies are removed, here and for every other service. */
@Component
public class RemoveUnverifiedAccounts {

  /** How long an address may stay unverified after the last sign-up with it. */
  static final Duration MAX_UNVERIFIED_TIME = Duration.ofDays(30);

  private static final int MAX_BATCH_ROWS = 200;

  private final Accounts accounts;
  private final Outbox outbox;
  private final AuditTrail auditTrail;
  private final Clock clock;

  RemoveUnverifiedAccounts(Accounts accounts, Outbox outbox, AuditTrail auditTrail, Clock clock) {
    this.accounts = accounts;
    this.outbox = outbox;
    this.auditTrail = auditTrail;
    this.clock = clock;
  }

  /** Removes one batch; returns how many it removed. */
  @Transactional
  public int handle() {
    List<UUID> removed =
        accounts.removeUnverified(clock.instant().minus(MAX_UNVERIFIED_TIME), MAX_BATCH_ROWS);
    for (UUID accountId : removed) {
      outbox.appendTombstone(Topic.ACCOUNTS_PROFILES, accountId.toString());
      auditTrail.record(
          "account.removed",
          "account",
          accountId.toString(),
          null,
          new Change(Map.of("status", "unverified"), Map.of()));
    }
    return removed.size();
  }
}
