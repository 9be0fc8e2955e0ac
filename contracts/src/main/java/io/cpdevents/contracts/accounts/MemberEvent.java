package io.cpdevents.contracts.accounts;

import io.cpdevents.contracts.Event;
import io.cpdevents.contracts.Topic;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What happens to those who belong to an organization, or shall: people are told by mail. What
 * roles somebody has now, services read from access tokens and not from here.
 */
public sealed interface MemberEvent extends Event {

  UUID organizationId();

  @Override
  default Topic topic() {
    return Topic.ACCOUNTS_MEMBERS;
  }

  /**
   * Somebody is invited. Neither the address nor the link with its token is here:
   * notification-service asks accounts-service for them when it sends.
   *
   * @param expiresAt when the link stops working
   */
  record MemberInvited(UUID invitationId, UUID organizationId, Instant invitedAt, Instant expiresAt)
      implements MemberEvent {

    @Override
    public String key() {
      return invitationId.toString();
    }
  }

  /**
   * A member has another role, which somebody else has given.
   *
   * @param changeId identifies this, and the mail about it
   */
  record MemberRoleChanged(
      UUID changeId,
      UUID accountId,
      UUID organizationId,
      MemberRole from,
      MemberRole to,
      Instant changedAt)
      implements MemberEvent {

    @Override
    public String key() {
      return accountId.toString();
    }
  }

  /**
   * Somebody who was none has become an owner, admin or finance of the organization, by joining it
   * or by another role: its owners are told.
   *
   * @param changeId identifies this; the mails about it are one for each owner
   * @param accountId who
   * @param role what they are now
   * @param ownerAccountIds who owned the organization before
   */
  record MemberGainedRights(
      UUID changeId,
      UUID organizationId,
      UUID accountId,
      MemberRole role,
      List<UUID> ownerAccountIds,
      Instant gainedAt)
      implements MemberEvent {

    @Override
    public String key() {
      return changeId.toString();
    }
  }

  /**
   * Somebody has made an API key of the organization.
   *
   * @param accountId who
   * @param role what it may do
   */
  record ApiKeyMade(
      UUID apiKeyId, UUID organizationId, UUID accountId, MemberRole role, Instant madeAt)
      implements MemberEvent {

    @Override
    public String key() {
      return apiKeyId.toString();
    }
  }

  /**
   * Zoom does not honour an organization's connection any more: somebody has to connect again.
   * Nobody tries any further, so this is told once for each connection.
   */
  record ZoomConnectionBroken(UUID connectionId, UUID organizationId, Instant brokenAt)
      implements MemberEvent {

    @Override
    public String key() {
      return connectionId.toString();
    }
  }

  /**
   * An owner has closed the organization, to which nobody belongs any more: who did is told.
   *
   * @param memberAccountIds who belonged to it
   */
  record OrganizationClosed(UUID organizationId, List<UUID> memberAccountIds, Instant closedAt)
      implements MemberEvent {

    @Override
    public String key() {
      return organizationId.toString();
    }
  }

  /**
   * Somebody else has removed a member.
   *
   * @param removalId identifies this, and the mail about it
   */
  record MemberRemoved(UUID removalId, UUID accountId, UUID organizationId, Instant removedAt)
      implements MemberEvent {

    @Override
    public String key() {
      return accountId.toString();
    }
  }
}
