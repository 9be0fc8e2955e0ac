package io.cpdevents.accounts.members;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.accounts.organizations.Memberships;
import io.cpdevents.accounts.organizations.Owners;
import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.contracts.accounts.MemberEvent.MemberRemoved;
import io.cpdevents.contracts.accounts.SessionEvent.RolesChanged;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.messaging.Outbox;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.web.IfMatch;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A member leaves an organization, or an owner or admin removes them. */
@Component
public class RemoveMember {

  /**
   * What is asked for.
   *
   * @param accountId who shall no longer belong to it
   * @param callerId who asks; whoever asks for themselves leaves
   * @param seen the version that the caller has seen
   */
  public record Command(UUID organizationId, UUID accountId, UUID callerId, IfMatch seen) {}

  private static final OrganizationRole[] ALL = OrganizationRole.values();

  private final Memberships memberships;
  private final Members members;
  private final Owners owners;
  private final List<RoleLoss> losses;
  private final Outbox outbox;
  private final AuditTrail auditTrail;
  private final Clock clock;

  RemoveMember(
      Memberships memberships,
      Members members,
      Owners owners,
      List<RoleLoss> losses,
      Outbox outbox,
      AuditTrail auditTrail,
      Clock clock) {
    this.memberships = memberships;
    this.members = members;
    this.owners = owners;
    this.losses = losses;
    this.outbox = outbox;
    this.auditTrail = auditTrail;
    this.clock = clock;
  }

  /**
   * Removes the member.
   *
   * @throws RuleViolation 404 {@code organization-not-found} or {@code member-not-found}, 403
   *     {@code role-missing}, 409 {@code last-owner}, 412 {@code changed-meanwhile}
   */
  @Transactional
  public void handle(Command command) {
    boolean leaves = command.accountId().equals(command.callerId());
    OrganizationRole own =
        memberships.lockAndRequireRole(
            command.callerId(),
            command.organizationId(),
            CommonProblem.ORGANIZATION_NOT_FOUND,
            leaves ? ALL : new OrganizationRole[] {OrganizationRole.ADMIN});
    Member member =
        members
            .lock(command.organizationId(), command.accountId())
            .orElseThrow(() -> AccountsProblem.MEMBER_NOT_FOUND.violation());
    command.seen().require(member.version());
    if (!leaves && !own.mayGive(member.role())) {
      throw CommonProblem.ROLE_MISSING.violation();
    }
    remove(member, leaves);
  }

  private void remove(Member member, boolean leaves) {
    Instant now = clock.instant();
    if (member.isOwner()) {
      owners.lost(member.organizationId(), member.accountId());
    }
    members.remove(member);
    LostRights lost = new LostRights(member.organizationId(), member.accountId(), null);
    losses.forEach(loss -> loss.handle(lost));
    outbox.append(new RolesChanged(member.accountId(), now));
    if (!leaves) {
      outbox.append(
          new MemberRemoved(Ids.next(), member.accountId(), member.organizationId(), now));
    }
    auditTrail.record(
        leaves ? "member.left" : "member.removed",
        "account",
        member.accountId().toString(),
        member.organizationId(),
        new Change(Map.of("role", ContractsJson.kebabCase(member.role())), Map.of()));
  }
}
