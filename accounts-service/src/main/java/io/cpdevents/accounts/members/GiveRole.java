package io.cpdevents.accounts.members;

import io.cpdevents.accounts.organizations.Owners;
import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.contracts.accounts.MemberEvent.MemberRoleChanged;
import io.cpdevents.contracts.accounts.MemberRole;
import io.cpdevents.contracts.accounts.SessionEvent.RolesChanged;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.messaging.Outbox;
import io.cpdevents.platform.security.OrganizationRole;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** A member gets another role, and everybody who has to know of it is told. */
@Component
class GiveRole {

  private final Members members;
  private final Owners owners;
  private final TellOwners tellOwners;
  private final List<RoleLoss> losses;
  private final Outbox outbox;
  private final AuditTrail auditTrail;
  private final Clock clock;

  GiveRole(
      Members members,
      Owners owners,
      TellOwners tellOwners,
      List<RoleLoss> losses,
      Outbox outbox,
      AuditTrail auditTrail,
      Clock clock) {
    this.members = members;
    this.owners = owners;
    this.tellOwners = tellOwners;
    this.losses = losses;
    this.outbox = outbox;
    this.auditTrail = auditTrail;
    this.clock = clock;
  }

  /**
   * Gives the role to a locked member of a locked organization; the present one changes nothing.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(Member member, OrganizationRole role) {
    if (member.role() == role) {
      return;
    }
    Instant now = clock.instant();
    if (!member.isOwner()) {
      tellOwners.handle(member, role);
    }
    Member changed = member.withRole(role);
    members.save(changed);
    if (changed.isOwner()) {
      owners.added(member.organizationId());
    }
    if (member.isOwner()) {
      owners.lost(member.organizationId(), member.accountId());
    }
    LostRights lost = new LostRights(member.organizationId(), member.accountId(), role);
    losses.forEach(loss -> loss.handle(lost));
    outbox.append(new RolesChanged(member.accountId(), now));
    outbox.append(
        new MemberRoleChanged(
            Ids.next(),
            member.accountId(),
            member.organizationId(),
            MemberRole.valueOf(member.role().name()),
            MemberRole.valueOf(role.name()),
            now));
    auditTrail.record(
        "member.role-changed",
        "account",
        member.accountId().toString(),
        member.organizationId(),
        new Change(
            Map.of("role", ContractsJson.kebabCase(member.role())),
            Map.of("role", ContractsJson.kebabCase(role))));
  }
}
