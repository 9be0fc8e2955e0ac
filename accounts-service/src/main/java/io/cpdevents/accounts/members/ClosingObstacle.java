package io.cpdevents.accounts.members;

import java.util.UUID;

/** Says whether something of this service is in the way of closing an organization. */
public interface ClosingObstacle {

  /** What it is called, in one word. */
  String word();

  /** Whether it is there. */
  boolean isThere(UUID organizationId);
}
