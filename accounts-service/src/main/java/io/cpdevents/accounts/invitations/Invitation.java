package io.cpdevents.accounts.invitations;

import io.cpdevents.contracts.accounts.MemberEvent.MemberInvited;
import io.cpdevents.platform.security.OrganizationRole;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whoever has this verified address may belong to the organization with this role.
 *
 * @param acceptedBy null while nobody has accepted it
 */
record Invitation(
    UUID id,
    UUID organizationId,
    String email,
    OrganizationRole role,
    UUID invitedBy,
    Instant invitedAt,
    Instant expiresAt,
    @Nullable UUID acceptedBy) {

  /** How long a link counts. */
  static final Duration LINK_LIFETIME = Duration.ofDays(7);

  static Invitation sent(InviteMember.Command command, Instant now) {
    return new Invitation(
        command.id(),
        command.organizationId(),
        command.email(),
        command.role(),
        command.caller().accountId(),
        now,
        now.plus(LINK_LIFETIME),
        null);
  }

  boolean isOpen() {
    return acceptedBy == null;
  }

  boolean wasAcceptedBy(UUID accountId) {
    return accountId.equals(acceptedBy);
  }

  MemberInvited toEvent() {
    return new MemberInvited(id, organizationId, invitedAt, expiresAt);
  }

  @Override
  public String toString() {
    return "Invitation[" + id + "]";
  }
}
