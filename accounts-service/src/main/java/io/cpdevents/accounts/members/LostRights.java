package io.cpdevents.accounts.members;

import io.cpdevents.platform.security.OrganizationRole;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a person may do in an organization is not what it was.
 *
 * @param left the role that the person still has; null when they no longer belong to the
 *     organization
 */
public record LostRights(UUID organizationId, UUID accountId, @Nullable OrganizationRole left) {

  /** The roles that the person may not give to others. */
  public List<OrganizationRole> roles() {
    return Arrays.stream(OrganizationRole.values())
        .filter(role -> left == null || !left.mayGive(role))
        .toList();
  }
}
