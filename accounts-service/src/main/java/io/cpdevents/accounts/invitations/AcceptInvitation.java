package io.cpdevents.accounts.invitations;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.accounts.members.JoinOrganization;
import io.cpdevents.accounts.organizations.MembershipLimit;
import io.cpdevents.accounts.organizations.OrganizationLock;
import io.cpdevents.accounts.secrets.OpaqueToken;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.OrganizationRole;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A person whose verified address is the invited one belongs to the organization from now on. */
@Component
public class AcceptInvitation {

  /** The link that was followed, and who is logged in. */
  public record Command(OpaqueToken token, UUID accountId) {}

  /** What the person may do from now on. */
  public record Accepted(UUID organizationId, OrganizationRole role) {}

  private final Invitations invitations;
  private final MembershipLimit membershipLimit;
  private final OrganizationLock organizationLock;
  private final JoinOrganization joinOrganization;
  private final Clock clock;

  AcceptInvitation(
      Invitations invitations,
      MembershipLimit membershipLimit,
      OrganizationLock organizationLock,
      JoinOrganization joinOrganization,
      Clock clock) {
    this.invitations = invitations;
    this.membershipLimit = membershipLimit;
    this.organizationLock = organizationLock;
    this.joinOrganization = joinOrganization;
    this.clock = clock;
  }

  /**
   * Accepts it. A link counts once; whoever has followed it gets the same answer again, and the
   * second time changes nothing.
   *
   * @throws RuleViolation 400 {@code token-invalid} when it is unknown, too old, taken back or was
   *     used by somebody else; 403 {@code invitation-of-another-address}; 409 {@code
   *     already-member} or {@code organization-limit-reached}
   */
  @Transactional
  public Accepted handle(Command command) {
    Instant now = clock.instant();
    Invitation invitation =
        invitations
            .findByToken(command.token().sha256(), now)
            .filter(found -> found.isOpen() || found.wasAcceptedBy(command.accountId()))
            .orElseThrow(() -> AccountsProblem.TOKEN_INVALID.violation());
    if (invitation.isOpen()) {
      accept(invitation, command.accountId(), now);
    }
    return new Accepted(invitation.organizationId(), invitation.role());
  }

  private void accept(Invitation invitation, UUID accountId, Instant now) {
    boolean isTheirs =
        invitations.verifiedEmailOf(accountId).filter(invitation.email()::equals).isPresent();
    if (!isTheirs) {
      throw AccountsProblem.INVITATION_OF_ANOTHER_ADDRESS.violation();
    }
    // The account first, as whoever founds an organization does, so that the two cannot deadlock.
    membershipLimit.requireRoom(accountId);
    organizationLock.take(invitation.organizationId());
    if (!invitations.accept(invitation.id(), accountId, now)) {
      requireAcceptedMeanwhile(invitation.id(), accountId);
      return;
    }
    joinOrganization.handle(
        new JoinOrganization.Command(
            invitation.organizationId(), accountId, invitation.role(), invitation.id()));
  }

  private void requireAcceptedMeanwhile(UUID id, UUID accountId) {
    if (invitations.find(id).filter(one -> one.wasAcceptedBy(accountId)).isEmpty()) {
      throw AccountsProblem.TOKEN_INVALID.violation();
    }
  }
}
