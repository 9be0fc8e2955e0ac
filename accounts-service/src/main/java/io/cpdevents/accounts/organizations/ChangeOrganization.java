package io.cpdevents.accounts.organizations;

import io.cpdevents.contracts.accounts.SessionEvent.RolesChanged;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.messaging.Outbox;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.security.RecentProof;
import io.cpdevents.platform.web.IfMatch;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * An owner or admin gives an organization another name; an owner decides whether its people need a
 * second factor.
 */
@Component
public class ChangeOrganization {

  /**
   * What is asked for.
   *
   * @param caller who asks
   * @param seen the version that the person has seen
   * @param change makes the new details from those of the locked organization
   */
  public record Command(
      UUID organizationId,
      Caller caller,
      IfMatch seen,
      UnaryOperator<OrganizationDetails> change) {}

  private final Organizations organizations;
  private final Memberships memberships;
  private final Outbox outbox;
  private final AuditTrail auditTrail;
  private final RecentProof recentProof;
  private final Clock clock;

  ChangeOrganization(
      Organizations organizations,
      Memberships memberships,
      Outbox outbox,
      AuditTrail auditTrail,
      RecentProof recentProof,
      Clock clock) {
    this.organizations = organizations;
    this.memberships = memberships;
    this.outbox = outbox;
    this.auditTrail = auditTrail;
    this.recentProof = recentProof;
    this.clock = clock;
  }

  /**
   * Changes the organization; what it is already changes nothing.
   *
   * @throws RuleViolation 404 {@code organization-not-found}, 403 {@code role-missing} or {@code
   *     step-up-required}, 412 {@code changed-meanwhile}, 400 {@code invalid-request}
   */
  @Transactional
  public void handle(Command command) {
    OrganizationRole role =
        memberships.lockAndRequireRole(
            command.caller(),
            command.organizationId(),
            CommonProblem.ORGANIZATION_NOT_FOUND,
            OrganizationRole.ADMIN);
    Organization organization =
        organizations
            .lock(command.organizationId())
            .orElseThrow(() -> CommonProblem.ORGANIZATION_NOT_FOUND.violation());
    command.seen().require(organization.version());
    OrganizationDetails wanted = command.change().apply(organization.details());
    Organization changed = organization.changed(wanted, clock.instant());
    boolean isRenamed = !organization.name().equals(changed.name());
    boolean decidesFactor = organization.factorRequired() != changed.factorRequired();
    if (!isRenamed && !decidesFactor) {
      return;
    }
    if (decidesFactor) {
      requireOwner(command.caller(), role);
    }
    organizations.save(changed);
    outbox.append(changed.toEvent(organizations.owners(changed.id())));
    if (isRenamed) {
      record(changed.id(), "organization.renamed", "name", organization.name(), changed.name());
    }
    if (decidesFactor) {
      record(
          changed.id(),
          "organization.factor-decided",
          "factorRequired",
          Boolean.toString(organization.factorRequired()),
          Boolean.toString(changed.factorRequired()));
      // What their sessions may do is decided anew.
      organizations
          .membersWithConsequence(changed.id())
          .forEach(member -> outbox.append(new RolesChanged(member, changed.changedAt())));
    }
  }

  private void requireOwner(Caller caller, OrganizationRole role) {
    if (role != OrganizationRole.OWNER) {
      throw CommonProblem.ROLE_MISSING.violation();
    }
    recentProof.require(caller);
  }

  private void record(UUID id, String action, String field, String before, String after) {
    auditTrail.record(
        action,
        "organization",
        id.toString(),
        id,
        new Change(Map.of(field, before), Map.of(field, after)));
  }
}
