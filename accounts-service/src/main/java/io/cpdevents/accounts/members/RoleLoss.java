package io.cpdevents.accounts.members;

import io.cpdevents.platform.security.OrganizationRole;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Is told, in the transaction that makes it so, when a person may do less in an organization than
 * before: what they have given away by rights that they no longer have ends with them.
 */
public interface RoleLoss {

  /**
   * Ends it.
   *
   * @param left the role that the person still has; null when they no longer belong to the
   *     organization
   */
  void handle(UUID organizationId, UUID accountId, @Nullable OrganizationRole left);
}
