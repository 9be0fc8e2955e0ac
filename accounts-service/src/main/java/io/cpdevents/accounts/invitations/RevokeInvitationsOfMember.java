package io.cpdevents.accounts.invitations;

import io.cpdevents.accounts.members.RoleLoss;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.security.OrganizationRole;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** With a member's rights end the invitations that the member could not send any more. */
@Component
class RevokeInvitationsOfMember implements RoleLoss {

  private final Invitations invitations;
  private final AuditTrail auditTrail;

  RevokeInvitationsOfMember(Invitations invitations, AuditTrail auditTrail) {
    this.invitations = invitations;
    this.auditTrail = auditTrail;
  }

  @Override
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(UUID organizationId, UUID accountId, @Nullable OrganizationRole left) {
    List<OrganizationRole> lost =
        Arrays.stream(OrganizationRole.values())
            .filter(role -> left == null || !left.mayGive(role))
            .toList();
    invitations
        .removeOpenBy(organizationId, accountId, lost)
        .forEach(id ->
            auditTrail.record(
                "invitation.revoked",
                "invitation",
                id.toString(),
                organizationId,
                Map.of("cause", "inviter-lost-role")));
  }
}
