package io.cpdevents.accounts.members;

import java.util.UUID;

/**
 * Is told, in the transaction that makes it so, when an organization is closed, before its members
 * go: what belongs to the organization itself ends with it.
 */
@FunctionalInterface
public interface OrganizationEnd {

  /** Ends it. */
  void handle(UUID organizationId);
}
