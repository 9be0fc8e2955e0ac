package io.cpdevents.accounts.organizations;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.messaging.Outbox;
import java.time.Clock;
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

  /** There is one owner more. */
  public void added(UUID organizationId) {
    organizations.addToOwners(organizationId);
  }

  /**
   * A person is no owner any more; if mails went to them, they go to the owner who has been a
   * member for longest.
   *
   * @throws RuleViolation 409 {@code last-owner}
   */
  public void lost(UUID organizationId, UUID accountId) {
    if (!organizations.takeFromOwners(organizationId, accountId)) {
      throw AccountsProblem.LAST_OWNER.violation();
    }
    organizations
        .lock(organizationId)
        .filter(organization -> organization.ownerAccountId().equals(accountId))
        .map(organization ->
            organization.ownedBy(
                organizations.firstOwnerBut(organizationId, accountId), clock.instant()))
        .ifPresent(changed -> {
          organizations.save(changed);
          outbox.append(changed.toEvent());
        });
  }
}
