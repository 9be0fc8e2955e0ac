package io.cpdevents.accounts.members;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.accounts.organizations.Memberships;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.OrganizationRole;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** An owner makes another member the owner in their place, and is an admin from then on. */
@Component
public class TransferOwnership {

  /**
   * What is asked for.
   *
   * @param callerId who asks
   * @param accountId who shall own the organization
   */
  public record Command(UUID organizationId, UUID callerId, UUID accountId) {}

  private final Memberships memberships;
  private final Members members;
  private final GiveRole giveRole;

  TransferOwnership(Memberships memberships, Members members, GiveRole giveRole) {
    this.memberships = memberships;
    this.members = members;
    this.giveRole = giveRole;
  }

  /**
   * Transfers it; to oneself it changes nothing.
   *
   * @throws RuleViolation 404 {@code organization-not-found} or {@code member-not-found}, 403
   *     {@code role-missing}, 409 {@code last-owner} when only such as are being erased would be
   *     left
   */
  @Transactional
  public void handle(Command command) {
    memberships.lockAndRequireRole(
        command.callerId(), command.organizationId(), CommonProblem.ORGANIZATION_NOT_FOUND);
    if (command.callerId().equals(command.accountId())) {
      return;
    }
    // The new owner comes first: there is never none.
    giveRole.handle(member(command.organizationId(), command.accountId()), OrganizationRole.OWNER);
    giveRole.handle(member(command.organizationId(), command.callerId()), OrganizationRole.ADMIN);
  }

  private Member member(UUID organizationId, UUID accountId) {
    return members
        .lock(organizationId, accountId)
        .orElseThrow(() -> AccountsProblem.MEMBER_NOT_FOUND.violation());
  }
}
