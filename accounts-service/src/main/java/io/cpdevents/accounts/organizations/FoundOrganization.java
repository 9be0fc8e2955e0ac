package io.cpdevents.accounts.organizations;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.contracts.accounts.SessionEvent.RolesChanged;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.messaging.Outbox;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A person founds an organization and owns it. */
@Component
public class FoundOrganization {

  /** A person's roles in all organizations are in the access token, which must stay small. */
  static final int MAX_MEMBERSHIPS = 50;

  /**
   * What the person asks for.
   *
   * @param id the same for every repetition of one request
   */
  public record Command(UUID id, UUID accountId, String name) {}

  private final Organizations organizations;
  private final Outbox outbox;
  private final AuditTrail auditTrail;
  private final Clock clock;

  FoundOrganization(
      Organizations organizations, Outbox outbox, AuditTrail auditTrail, Clock clock) {
    this.organizations = organizations;
    this.outbox = outbox;
    this.auditTrail = auditTrail;
    this.clock = clock;
  }

  /**
   * Founds the organization; a repeated request changes nothing.
   *
   * @throws RuleViolation 409 {@code organization-limit-reached}
   */
  @Transactional
  public void handle(Command command) {
    Instant now = clock.instant();
    int memberships = organizations.lockAndCountMemberships(command.accountId());
    Organization organization =
        Organization.founded(command.id(), command.name(), command.accountId(), now);
    if (!organizations.add(organization)) {
      return;
    }
    if (memberships >= MAX_MEMBERSHIPS) {
      throw AccountsProblem.ORGANIZATION_LIMIT_REACHED.violation(
          "A person can belong to %d organizations at most.".formatted(MAX_MEMBERSHIPS));
    }
    organizations.addOwner(organization);
    outbox.append(organization.toEvent(List.of(command.accountId())));
    outbox.append(new RolesChanged(command.accountId(), now));
    auditTrail.record(
        "organization.founded",
        "organization",
        organization.id().toString(),
        organization.id(),
        new Change(Map.of(), Map.of("name", organization.name())));
  }
}
