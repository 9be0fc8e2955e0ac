package io.cpdevents.accounts.organizations;

import io.cpdevents.contracts.accounts.OrganizationEvent.OrganizationChanged;
import java.time.Instant;
import java.util.UUID;

/**
 * An organization, which publishes events.
 *
 * @param ownerAccountId the owner to whom its mails go; there may be others
 * @param version rises by one with each change
 */
record Organization(
    UUID id, String name, UUID ownerAccountId, long version, Instant createdAt, Instant changedAt) {

  static Organization founded(UUID id, String name, UUID ownerAccountId, Instant now) {
    return new Organization(id, name, ownerAccountId, 1, now, now);
  }

  Organization renamed(String newName, Instant now) {
    return new Organization(id, newName, ownerAccountId, version + 1, createdAt, now);
  }

  Organization ownedBy(UUID accountId, Instant now) {
    return new Organization(id, name, accountId, version + 1, createdAt, now);
  }

  OrganizationDetails details() {
    return new OrganizationDetails(name);
  }

  OrganizationChanged toEvent() {
    return new OrganizationChanged(id, version, name, ownerAccountId);
  }
}
