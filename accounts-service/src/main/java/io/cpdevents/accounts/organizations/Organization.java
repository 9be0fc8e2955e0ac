package io.cpdevents.accounts.organizations;

import io.cpdevents.contracts.accounts.OrganizationEvent.OrganizationChanged;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An organization, which publishes events.
 *
 * @param ownerAccountId the owner to whom its mails go; there may be others
 * @param factorRequired whether its owners, admins and finance need a second factor
 * @param version rises by one with each change
 */
record Organization(
    UUID id,
    String name,
    UUID ownerAccountId,
    boolean factorRequired,
    long version,
    Instant createdAt,
    Instant changedAt) {

  static Organization founded(UUID id, String name, UUID ownerAccountId, Instant now) {
    return new Organization(id, name, ownerAccountId, false, 1, now, now);
  }

  Organization changed(OrganizationDetails details, Instant now) {
    return new Organization(
        id, details.name(), ownerAccountId, details.asksForFactor(), version + 1, createdAt, now);
  }

  Organization ownedBy(UUID accountId, Instant now) {
    return new Organization(id, name, accountId, factorRequired, version + 1, createdAt, now);
  }

  OrganizationDetails details() {
    return new OrganizationDetails(name, factorRequired);
  }

  /** The same after its owners have changed, but for the one to whom its mails go. */
  Organization withOtherOwners(Instant now) {
    return ownedBy(ownerAccountId, now);
  }

  OrganizationChanged toEvent(List<UUID> ownerAccountIds) {
    return new OrganizationChanged(id, version, name, ownerAccountId, ownerAccountIds, null);
  }

  /** What is told when nobody belongs to it any more. */
  OrganizationChanged toClosedEvent(Instant closedAt) {
    return new OrganizationChanged(
        id, version + 1, name, ownerAccountId, List.of(ownerAccountId), closedAt);
  }
}
