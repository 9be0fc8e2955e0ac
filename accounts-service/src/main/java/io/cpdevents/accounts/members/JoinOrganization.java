package io.cpdevents.accounts.members;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.accounts.organizations.Owners;
import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.contracts.accounts.SessionEvent.RolesChanged;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.messaging.Outbox;
import io.cpdevents.platform.security.OrganizationRole;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** A person belongs to an organization from now on. */
@Component
public class JoinOrganization {

  /**
   * Who joins.
   *
   * @param invitationId because of what
   */
  public record Command(
      UUID organizationId, UUID accountId, OrganizationRole role, UUID invitationId) {}

  private final Members members;
  private final Owners owners;
  private final TellOwners tellOwners;
  private final Outbox outbox;
  private final AuditTrail auditTrail;
  private final Clock clock;

  JoinOrganization(
      Members members,
      Owners owners,
      TellOwners tellOwners,
      Outbox outbox,
      AuditTrail auditTrail,
      Clock clock) {
    this.members = members;
    this.owners = owners;
    this.tellOwners = tellOwners;
    this.outbox = outbox;
    this.auditTrail = auditTrail;
    this.clock = clock;
  }

  /**
   * Adds the member to a locked organization.
   *
   * @throws RuleViolation 409 {@code already-member}
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(Command command) {
    Member member =
        Member.joined(
            command.organizationId(), command.accountId(), command.role(), clock.instant());
    tellOwners.handle(member, member.role());
    if (!members.add(member)) {
      throw AccountsProblem.ALREADY_MEMBER.violation();
    }
    if (member.isOwner()) {
      owners.added(member.organizationId());
    }
    outbox.append(new RolesChanged(member.accountId(), member.joinedAt()));
    auditTrail.record(
        "member.joined",
        "account",
        member.accountId().toString(),
        member.organizationId(),
        new Change(
            Map.of(),
            Map.of(
                "role",
                ContractsJson.kebabCase(member.role()),
                "invitationId",
                command.invitationId().toString())));
  }
}
