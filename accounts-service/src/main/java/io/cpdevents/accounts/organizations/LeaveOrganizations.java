package io.cpdevents.accounts.organizations;

import io.cpdevents.contracts.accounts.SessionEvent.RolesChanged;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.messaging.Outbox;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A person leaves every organization that they do not own. */
@Component
public class LeaveOrganizations {

  private final Organizations organizations;
  private final Outbox outbox;
  private final AuditTrail auditTrail;
  private final Clock clock;

  LeaveOrganizations(
      Organizations organizations, Outbox outbox, AuditTrail auditTrail, Clock clock) {
    this.organizations = organizations;
    this.outbox = outbox;
    this.auditTrail = auditTrail;
    this.clock = clock;
  }

  /** Ends the memberships. */
  @Transactional
  public void handle(UUID accountId) {
    List<UUID> left = organizations.removeMemberships(accountId);
    for (UUID organizationId : left) {
      auditTrail.record(
          "member.left",
          "organization",
          organizationId.toString(),
          organizationId,
          Map.of("accountId", accountId.toString()));
    }
    if (!left.isEmpty()) {
      outbox.append(new RolesChanged(accountId, clock.instant()));
    }
  }
}
