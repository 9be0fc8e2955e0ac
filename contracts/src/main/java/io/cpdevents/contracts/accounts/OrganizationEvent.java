package io.cpdevents.contracts.accounts;

import io.cpdevents.contracts.Event;
import io.cpdevents.contracts.Topic;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An organization as it is. Compacted: the latest record is the whole truth. */
public sealed interface OrganizationEvent extends Event {

  UUID organizationId();

  @Override
  default Topic topic() {
    return Topic.ACCOUNTS_ORGANIZATIONS;
  }

  @Override
  default String key() {
    return organizationId().toString();
  }

  /**
   * The organization as it is now.
   *
   * @param version rises by one with each change; older versions are ignored
   * @param ownerAccountId the owner to whom its mails go; of one that is closed, who was the last
   * @param ownerAccountIds all owners, that one among them; null of what was told before there was
   *     this list
   * @param closedAt since when nobody belongs to it, and nothing new is made in it; null: it is
   *     open
   */
  record OrganizationChanged(
      UUID organizationId,
      long version,
      String name,
      UUID ownerAccountId,
      @Nullable List<UUID> ownerAccountIds,
      @Nullable Instant closedAt)
      implements OrganizationEvent {}
}
