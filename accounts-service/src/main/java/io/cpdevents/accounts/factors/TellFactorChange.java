package io.cpdevents.accounts.factors;

import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.contracts.accounts.AccountEvent.SecondFactorChanged;
import io.cpdevents.contracts.accounts.SecondFactorChange;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.messaging.Outbox;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The owner of an account is told what happened to its second factors, and so is the audit log. */
@Component
class TellFactorChange {

  private final Outbox outbox;
  private final AuditTrail auditTrail;
  private final Clock clock;

  TellFactorChange(Outbox outbox, AuditTrail auditTrail, Clock clock) {
    this.outbox = outbox;
    this.auditTrail = auditTrail;
    this.clock = clock;
  }

  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(UUID accountId, SecondFactorChange change) {
    outbox.append(new SecondFactorChanged(accountId, Ids.next(), change, clock.instant()));
    auditTrail.recordBy(
        accountId,
        "second-factor.changed",
        "account",
        accountId.toString(),
        null,
        said(change).with(Map.of("change", ContractsJson.kebabCase(change))));
  }

  private static Change said(SecondFactorChange change) {
    return switch (change) {
      case TOTP_ADDED -> new Change(Map.of(), Map.of("totp", "set-up"));
      case TOTP_REMOVED -> new Change(Map.of("totp", "set-up"), Map.of());
      case TOTP_LOCKED -> new Change(Map.of("totp", "set-up"), Map.of("totp", "locked"));
      case PASSKEY_ADDED -> new Change(Map.of(), Map.of("passkey", "set-up"));
      case PASSKEY_REMOVED -> new Change(Map.of("passkey", "set-up"), Map.of());
      case RECOVERY_CODES_RENEWED ->
          new Change(Map.of("recovery-codes", "former"), Map.of("recovery-codes", "new"));
      case RECOVERY_CODE_USED -> new Change(Map.of("recovery-code", "unused"), Map.of());
    };
  }
}
