package io.cpdevents.accounts.sessions;

import io.cpdevents.accounts.sessions.Sessions.Ended;
import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.contracts.accounts.SessionEvent.SessionRevoked;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.messaging.Outbox;
import java.time.Instant;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Tells the gateway and the audit log that a session has ended. */
@Component
class EndedSessions {

  private final Outbox outbox;
  private final AuditTrail auditTrail;

  EndedSessions(Outbox outbox, AuditTrail auditTrail) {
    this.outbox = outbox;
    this.auditTrail = auditTrail;
  }

  @Transactional(propagation = Propagation.MANDATORY)
  public void announce(Ended ended, SessionEnd cause, Instant now) {
    outbox.append(new SessionRevoked(ended.accountId(), ended.sessionId(), now));
    auditTrail.record(
        "session.ended",
        "account",
        ended.accountId().toString(),
        null,
        new Change(Map.of("sessionId", ended.sessionId().toString()), Map.of())
            .with(Map.of("cause", ContractsJson.kebabCase(cause))));
  }
}
