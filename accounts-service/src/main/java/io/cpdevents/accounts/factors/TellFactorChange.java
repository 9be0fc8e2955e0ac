package io.cpdevents.accounts.factors;

import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.contracts.accounts.AccountEvent.SecondFactorChanged;
import io.cpdevents.contracts.accounts.SecondFactorChange;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.audit.AuditTrail;
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
        Map.of("change", ContractsJson.kebabCase(change)));
  }
}
