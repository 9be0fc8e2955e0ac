package io.cpdevents.contracts.accounts;

import io.cpdevents.contracts.Event;
import io.cpdevents.contracts.Topic;
import java.time.Instant;
import java.util.UUID;

/** What makes a cached token of the gateway worthless before it expires. */
public sealed interface SessionEvent extends Event {

  UUID accountId();

  @Override
  default Topic topic() {
    return Topic.ACCOUNTS_SESSIONS;
  }

  @Override
  default String key() {
    return accountId().toString();
  }

  /** One session has ended: logged out, revoked or expired. */
  record SessionRevoked(UUID accountId, UUID sessionId, Instant revokedAt)
      implements SessionEvent {}

  /** The person's roles are other than before: tokens must be exchanged anew. */
  record RolesChanged(UUID accountId, Instant changedAt) implements SessionEvent {}

  /**
   * The person has proved once more who they are: tokens that were exchanged before tell it not.
   */
  record SessionProved(UUID accountId, UUID sessionId, Instant provedAt) implements SessionEvent {}
}
