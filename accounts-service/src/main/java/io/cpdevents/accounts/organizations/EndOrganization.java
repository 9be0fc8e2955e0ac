package io.cpdevents.accounts.organizations;

import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.messaging.Outbox;
import io.cpdevents.platform.web.IfMatch;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** An organization is there no more for anybody, and all services are told. */
@Component
public class EndOrganization {

  private final Organizations organizations;
  private final Outbox outbox;
  private final AuditTrail auditTrail;
  private final Clock clock;

  EndOrganization(Organizations organizations, Outbox outbox, AuditTrail auditTrail, Clock clock) {
    this.organizations = organizations;
    this.outbox = outbox;
    this.auditTrail = auditTrail;
    this.clock = clock;
  }

  /**
   * Ends it; its members go in the same transaction.
   *
   * @param seen the version that the caller has seen
   * @throws RuleViolation 404 {@code organization-not-found}, 412 {@code changed-meanwhile}
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(UUID organizationId, IfMatch seen) {
    Instant now = clock.instant();
    Organization organization =
        organizations
            .lock(organizationId)
            .orElseThrow(() -> CommonProblem.ORGANIZATION_NOT_FOUND.violation());
    seen.require(organization.version());
    organizations.close(organization, now);
    outbox.append(organization.toClosedEvent(now));
    auditTrail.record(
        "organization.closed",
        "organization",
        organizationId.toString(),
        organizationId,
        new Change(Map.of("status", "open"), Map.of("status", "closed")));
  }
}
