package io.cpdevents.accounts.members;

import io.cpdevents.platform.security.OrganizationRole;
import java.time.Instant;
import java.util.UUID;

/**
 * A person who belongs to an organization.
 *
 * @param version rises by one with each change
 */
record Member(
    UUID organizationId, UUID accountId, OrganizationRole role, long version, Instant joinedAt) {

  static Member joined(UUID organizationId, UUID accountId, OrganizationRole role, Instant now) {
    return new Member(organizationId, accountId, role, 1, now);
  }

  Member withRole(OrganizationRole newRole) {
    return new Member(organizationId, accountId, newRole, version + 1, joinedAt);
  }

  boolean isOwner() {
    return role == OrganizationRole.OWNER;
  }

  MemberDetails details() {
    return new MemberDetails(role);
  }
}
