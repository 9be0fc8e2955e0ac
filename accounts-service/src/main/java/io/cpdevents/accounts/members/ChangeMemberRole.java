package io.cpdevents.accounts.members;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.accounts.organizations.Memberships;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.web.IfMatch;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** An owner or admin gives a member another role. */
@Component
public class ChangeMemberRole {

  /**
   * What is asked for.
   *
   * @param callerId who asks
   * @param seen the version that the caller has seen
   * @param change makes the new details from those of the locked member
   */
  public record Command(
      UUID organizationId,
      UUID accountId,
      UUID callerId,
      IfMatch seen,
      UnaryOperator<MemberDetails> change) {}

  private final Memberships memberships;
  private final Members members;
  private final GiveRole giveRole;

  ChangeMemberRole(Memberships memberships, Members members, GiveRole giveRole) {
    this.memberships = memberships;
    this.members = members;
    this.giveRole = giveRole;
  }

  /**
   * Changes the role. Nobody gives or takes a role that has rights which they lack.
   *
   * @throws RuleViolation 404 {@code organization-not-found} or {@code member-not-found}, 403
   *     {@code role-missing}, 409 {@code last-owner}, 412 {@code changed-meanwhile}
   */
  @Transactional
  public void handle(Command command) {
    OrganizationRole own =
        memberships.lockAndRequireRole(
            command.callerId(),
            command.organizationId(),
            CommonProblem.ORGANIZATION_NOT_FOUND,
            OrganizationRole.ADMIN);
    Member member =
        members
            .lock(command.organizationId(), command.accountId())
            .orElseThrow(() -> AccountsProblem.MEMBER_NOT_FOUND.violation());
    command.seen().require(member.version());
    OrganizationRole role = command.change().apply(member.details()).role();
    if (!own.mayGive(member.role()) || !own.mayGive(role)) {
      throw CommonProblem.ROLE_MISSING.violation();
    }
    giveRole.handle(member, role);
  }
}
