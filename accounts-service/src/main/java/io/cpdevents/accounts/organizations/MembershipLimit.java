package io.cpdevents.accounts.organizations;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.platform.error.RuleViolation;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** A person belongs to so many organizations at most. */
@Component
public class MembershipLimit {

  private final Organizations organizations;

  MembershipLimit(Organizations organizations) {
    this.organizations = organizations;
  }

  /**
   * Requires room for one more, and lets nobody else use it until the transaction ends.
   *
   * @throws RuleViolation 409 {@code organization-limit-reached}
   */
  public void requireRoom(UUID accountId) {
    if (organizations.lockAndCountMemberships(accountId) >= FoundOrganization.MAX_MEMBERSHIPS) {
      throw AccountsProblem.ORGANIZATION_LIMIT_REACHED.violation(
          "A person can belong to %d organizations at most."
              .formatted(FoundOrganization.MAX_MEMBERSHIPS));
    }
  }
}
