package io.cpdevents.platform.audit;

import io.cpdevents.contracts.audit.AuditEvent.AuditEntryRecorded;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.messaging.Outbox;
import io.cpdevents.platform.observability.TraceContext;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.Callers;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Records who did what to what, when, from where. Entries are published by the outbox to
 * accounts-service, which appends them to the audit log.
 */
public final class AuditTrail {

  private final String service;
  private final Outbox outbox;
  private final Clock clock;
  private final TraceContext traceContext;

  /**
   * The audit trail of one service.
   *
   * @param service its short name, for example {@code billing}
   */
  public AuditTrail(String service, Outbox outbox, Clock clock, TraceContext traceContext) {
    this.service = service;
    this.outbox = outbox;
    this.clock = clock;
    this.traceContext = traceContext;
  }

  /**
   * Records an action in the running transaction. Actor, address and trace are those of the running
   * request; outside a request the actor is the system.
   *
   * @param action {@code <subject>.<past participle>}, for example {@code event.published}
   * @param organizationId the organization whose log shows it; null for none
   * @param details what changed, without secrets or personal data
   */
  public void record(
      String action,
      String subjectType,
      String subjectId,
      @Nullable UUID organizationId,
      Map<String, String> details) {
    recordBy(
        Callers.current().map(Caller::accountId).orElse(null),
        action,
        subjectType,
        subjectId,
        organizationId,
        details);
  }

  /**
   * Records an action of somebody who has no session yet, for example of logging in.
   *
   * @param actorAccountId null for the system or somebody unknown
   */
  public void recordBy(
      @Nullable UUID actorAccountId,
      String action,
      String subjectType,
      String subjectId,
      @Nullable UUID organizationId,
      Map<String, String> details) {
    outbox.append(
        new AuditEntryRecorded(
            Ids.next(),
            service,
            actorAccountId,
            action,
            subjectType,
            subjectId,
            organizationId,
            clock.instant(),
            ipAddress(),
            traceContext.traceId(),
            Map.copyOf(details)));
  }

  private static @Nullable String ipAddress() {
    return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes servlet
        ? servlet.getRequest().getRemoteAddr()
        : null;
  }
}
