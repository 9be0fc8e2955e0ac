package io.cpdevents.accounts.members;

import io.cpdevents.accounts.organizations.LastOwners;
import io.cpdevents.accounts.organizations.OrganizationLock;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** A person who is erased leaves every organization. */
@Component
public class LeaveOrganizations {

  private final Members members;
  private final OrganizationLock organizationLock;
  private final LastOwners lastOwners;
  private final EndMembership endMembership;

  LeaveOrganizations(
      Members members,
      OrganizationLock organizationLock,
      LastOwners lastOwners,
      EndMembership endMembership) {
    this.members = members;
    this.organizationLock = organizationLock;
    this.lastOwners = lastOwners;
    this.endMembership = endMembership;
  }

  /**
   * Ends all memberships of a locked account.
   *
   * @return false, and nothing has changed, when the person is the last owner of one
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public boolean handle(UUID accountId) {
    // In one order, so that two owners of two organizations do not wait for each other.
    members.organizationsOf(accountId).forEach(organizationLock::take);
    List<Member> memberships = members.lockAll(accountId);
    if (lastOwners.contain(accountId)) {
      return false;
    }
    memberships.forEach(member -> endMembership.handle(member, true));
    return true;
  }
}
