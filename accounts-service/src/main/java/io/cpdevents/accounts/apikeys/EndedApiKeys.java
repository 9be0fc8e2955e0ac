package io.cpdevents.accounts.apikeys;

import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.contracts.accounts.SessionEvent.ApiKeyEnded;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.messaging.Outbox;
import java.time.Instant;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Tells the gateway and the audit log that an API key has ended. */
@Component
class EndedApiKeys {

  private final Outbox outbox;
  private final AuditTrail auditTrail;

  EndedApiKeys(Outbox outbox, AuditTrail auditTrail) {
    this.outbox = outbox;
    this.auditTrail = auditTrail;
  }

  @Transactional(propagation = Propagation.MANDATORY)
  public void announce(ApiKey key, ApiKeyEnd cause, Instant now) {
    outbox.append(new ApiKeyEnded(key.madeBy(), key.id(), now));
    auditTrail.record(
        "api-key.ended",
        "api-key",
        key.id().toString(),
        key.organizationId(),
        new Change(Map.of("role", ContractsJson.kebabCase(key.role())), Map.of())
            .with(Map.of("cause", ContractsJson.kebabCase(cause))));
  }
}
