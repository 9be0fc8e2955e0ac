package io.cpdevents.accounts.organizations;

import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.messaging.Outbox;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.web.IfMatch;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** An owner or admin gives an organization another name. */
@Component
public class RenameOrganization {

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
  private final Clock clock;

  RenameOrganization(
      Organizations organizations,
      Memberships memberships,
      Outbox outbox,
      AuditTrail auditTrail,
      Clock clock) {
    this.organizations = organizations;
    this.memberships = memberships;
    this.outbox = outbox;
    this.auditTrail = auditTrail;
    this.clock = clock;
  }

  /**
   * Renames the organization; its present name changes nothing.
   *
   * @throws RuleViolation 404 {@code organization-not-found}, 403 {@code role-missing}, 412 {@code
   *     changed-meanwhile}, 400 {@code invalid-request}
   */
  @Transactional
  public void handle(Command command) {
    memberships.requireRole(
        command.caller(),
        command.organizationId(),
        CommonProblem.ORGANIZATION_NOT_FOUND,
        OrganizationRole.ADMIN);
    Organization organization =
        organizations
            .lock(command.organizationId())
            .orElseThrow(() -> CommonProblem.ORGANIZATION_NOT_FOUND.violation());
    command.seen().require(organization.version());
    String name = command.change().apply(organization.details()).name();
    if (organization.name().equals(name)) {
      return;
    }
    Organization renamed = organization.renamed(name, clock.instant());
    organizations.save(renamed);
    outbox.append(renamed.toEvent());
    auditTrail.record(
        "organization.renamed",
        "organization",
        renamed.id().toString(),
        renamed.id(),
        new Change(Map.of("name", organization.name()), Map.of("name", renamed.name())));
  }
}
