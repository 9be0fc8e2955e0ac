package io.cpdevents.accounts.sessions;

import io.cpdevents.contracts.accounts.SessionEvent.SessionProved;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.messaging.Outbox;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Tells the gateway and the audit log that somebody has proved once more who they are. */
@Component
class NoteProof {

  private final Outbox outbox;
  private final AuditTrail auditTrail;
  private final Clock clock;

  NoteProof(Outbox outbox, AuditTrail auditTrail, Clock clock) {
    this.outbox = outbox;
    this.auditTrail = auditTrail;
    this.clock = clock;
  }

  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(UUID accountId, UUID sessionId) {
    outbox.append(new SessionProved(accountId, sessionId, clock.instant()));
    auditTrail.record(
        "session.proved",
        "account",
        accountId.toString(),
        null,
        Map.of("sessionId", sessionId.toString()));
  }
}
