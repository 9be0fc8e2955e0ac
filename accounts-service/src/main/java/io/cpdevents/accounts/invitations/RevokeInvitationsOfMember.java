package io.cpdevents.accounts.invitations;

import io.cpdevents.accounts.members.LostRights;
import io.cpdevents.accounts.members.RoleLoss;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import java.util.Map;
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
  public void handle(LostRights lost) {
    invitations
        .removeOpenBy(lost.organizationId(), lost.accountId(), lost.roles())
        .forEach(id ->
            auditTrail.record(
                "invitation.revoked",
                "invitation",
                id.toString(),
                lost.organizationId(),
                new Change(Map.of("status", "open"), Map.of())
                    .with(Map.of("cause", "inviter-lost-role"))));
  }
}
