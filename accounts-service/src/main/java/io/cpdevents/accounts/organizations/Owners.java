package io.cpdevents.accounts.organizations;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.messaging.Outbox;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Keeps count of an organization's owners, of whom there is always one, and of who is the one to
 * whom its mails go. Whoever gives or takes the role says so in the same transaction, with the
 * organization locked.
 */
@Component
public class Owners {

  private final Organizations organizations;
  private final Outbox outbox;
  private final Clock clock;

  Owners(Organizations organizations, Outbox outbox, Clock clock) {
    this.organizations = organizations;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** There is one owner more, who is a member already. */
  public void added(UUID organizationId) {
    organizations.addToOwners(organizationId);
    organizations
        .lock(organizationId)
        .map(organization -> organization.withOtherOwners(clock.instant()))
        .ifPresent(changed -> tell(changed, organizations.owners(organizationId)));
  }

  /**
   * A person is no owner any more, whether the membership is changed yet or not; if mails went to
   * them, they go to the owner who has been a member for longest.
   *
   * @throws RuleViolation 409 {@code last-owner}
   */
  public void lost(UUID organizationId, UUID accountId) {
    if (!organizations.takeFromOwners(organizationId, accountId)) {
      throw AccountsProblem.LAST_OWNER.violation();
    }
    List<UUID> others =
        organizations.owners(organizationId).stream()
            .filter(owner -> !owner.equals(accountId))
            .toList();
    organizations
        .lock(organizationId)
        .map(organization -> without(organization, accountId))
        .ifPresent(changed -> tell(changed, others));
  }

  private Organization without(Organization organization, UUID accountId) {
    return organization.ownerAccountId().equals(accountId)
        ? organization.ownedBy(
            organizations.firstOwnerBut(organization.id(), accountId), clock.instant())
        : organization.withOtherOwners(clock.instant());
  }

  private void tell(Organization changed, List<UUID> ownerAccountIds) {
    organizations.save(changed);
    outbox.append(changed.toEvent(ownerAccountIds));
  }
}
