package io.cpdevents.accounts.invitations;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.accounts.organizations.Memberships;
import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.OrganizationRole;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** An owner or admin takes back an invitation that nobody has accepted; its link is worthless. */
@Component
public class RevokeInvitation {

  private final Invitations invitations;
  private final Memberships memberships;
  private final AuditTrail auditTrail;

  RevokeInvitation(Invitations invitations, Memberships memberships, AuditTrail auditTrail) {
    this.invitations = invitations;
    this.memberships = memberships;
    this.auditTrail = auditTrail;
  }

  /**
   * Takes it back.
   *
   * @throws RuleViolation 404 {@code invitation-not-found}, 403 {@code role-missing}
   */
  @Transactional
  public void handle(UUID invitationId, UUID callerId) {
    Invitation invitation =
        invitations
            .find(invitationId)
            .orElseThrow(() -> AccountsProblem.INVITATION_NOT_FOUND.violation());
    // Of an invitation of an organization of others nobody learns that it is there.
    OrganizationRole own =
        memberships.lockAndRequireRole(
            callerId,
            invitation.organizationId(),
            AccountsProblem.INVITATION_NOT_FOUND,
            OrganizationRole.ADMIN);
    if (!own.mayGive(invitation.role())) {
      throw CommonProblem.ROLE_MISSING.violation();
    }
    if (!invitations.removeOpen(invitationId)) {
      throw AccountsProblem.INVITATION_NOT_FOUND.violation();
    }
    auditTrail.record(
        "invitation.revoked",
        "invitation",
        invitationId.toString(),
        invitation.organizationId(),
        new Change(Map.of("role", ContractsJson.kebabCase(invitation.role())), Map.of()));
  }
}
