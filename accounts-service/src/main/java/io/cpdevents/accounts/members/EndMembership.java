package io.cpdevents.accounts.members;

import io.cpdevents.accounts.organizations.Owners;
import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.contracts.accounts.MemberEvent.MemberRemoved;
import io.cpdevents.contracts.accounts.SessionEvent.RolesChanged;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.messaging.Outbox;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** A member belongs to an organization no more, and everybody who has to know of it is told. */
@Component
class EndMembership {

  private final Members members;
  private final Owners owners;
  private final List<RoleLoss> losses;
  private final Outbox outbox;
  private final AuditTrail auditTrail;
  private final Clock clock;

  EndMembership(
      Members members,
      Owners owners,
      List<RoleLoss> losses,
      Outbox outbox,
      AuditTrail auditTrail,
      Clock clock) {
    this.members = members;
    this.owners = owners;
    this.losses = losses;
    this.outbox = outbox;
    this.auditTrail = auditTrail;
    this.clock = clock;
  }

  /**
   * Removes a locked member of a locked organization.
   *
   * @param leaves whether it is the member who wants it; others are told by mail
   * @throws RuleViolation 409 {@code last-owner}
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(Member member, boolean leaves) {
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
