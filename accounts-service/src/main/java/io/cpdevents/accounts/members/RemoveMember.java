package io.cpdevents.accounts.members;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.accounts.organizations.Memberships;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.security.RecentProof;
import io.cpdevents.platform.web.IfMatch;
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
   * @param seen the version that the caller has seen
   */
  public record Command(UUID organizationId, UUID accountId, IfMatch seen) {}

  private static final OrganizationRole[] ALL = OrganizationRole.values();

  private final Memberships memberships;
  private final Members members;
  private final EndMembership endMembership;
  private final RecentProof recentProof;

  RemoveMember(
      Memberships memberships,
      Members members,
      EndMembership endMembership,
      RecentProof recentProof) {
    this.memberships = memberships;
    this.members = members;
    this.endMembership = endMembership;
    this.recentProof = recentProof;
  }

  /**
   * Removes the member; whoever asks for themselves leaves.
   *
   * @throws RuleViolation 403 {@code step-up-required} unless they leave, 404 {@code
   *     organization-not-found} or {@code member-not-found}, 403 {@code role-missing}, 409 {@code
   *     last-owner}, 412 {@code changed-meanwhile}
   */
  @Transactional
  public void handle(Command command, Caller caller) {
    boolean leaves = command.accountId().equals(caller.accountId());
    if (!leaves) {
      recentProof.require(caller);
    }
    OrganizationRole own =
        memberships.lockAndRequireRole(
            caller.accountId(),
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
    endMembership.handle(member, leaves);
  }
}
