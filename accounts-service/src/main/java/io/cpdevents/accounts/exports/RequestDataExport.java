package io.cpdevents.accounts.exports;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.accounts.exports.DataExports.DataExport;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.time.SystemTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A person asks for all that the platform has about them. */
@Component
public class RequestDataExport {

  /** Whoever asks again within this time gets the same one. */
  private static final Duration MIN_INTERVAL = Duration.ofHours(1);

  private final DataExports exports;
  private final AuditTrail auditTrail;
  private final Clock clock;
  private final SystemTime systemTime;

  RequestDataExport(
      DataExports exports, AuditTrail auditTrail, Clock clock, SystemTime systemTime) {
    this.exports = exports;
    this.auditTrail = auditTrail;
    this.clock = clock;
    this.systemTime = systemTime;
  }

  /**
   * The id of the export that is made, or was made within the hour.
   *
   * @throws RuleViolation {@code account-not-found}
   */
  @Transactional
  public UUID handle(UUID accountId) {
    if (!exports.lockAccount(accountId)) {
      throw AccountsProblem.ACCOUNT_NOT_FOUND.violation();
    }
    return exports
        .findRecent(accountId, clock.instant().minus(MIN_INTERVAL))
        .orElseGet(() -> request(accountId))
        .id();
  }

  private DataExport request(UUID accountId) {
    Instant now = clock.instant();
    DataExport export = new DataExport(Ids.next(), accountId, DataExportStatus.RUNNING, now, null);
    exports.add(export, systemTime.now());
    auditTrail.record(
        "data-export.requested",
        "account",
        accountId.toString(),
        null,
        new Change(Map.of(), Map.of("exportId", export.id().toString())));
    return export;
  }
}
