package io.cpdevents.accounts.invitations;

import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** An owner has an account back: nobody joins whom a thief has invited in their name. */
@Component
public class RevokeInvitationsSentSince {

  private final Invitations invitations;
  private final AuditTrail auditTrail;

  RevokeInvitationsSentSince(Invitations invitations, AuditTrail auditTrail) {
    this.invitations = invitations;
    this.auditTrail = auditTrail;
  }

  /** Takes back those that were sent since the thief came and that nobody has accepted. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(UUID accountId, Instant since) {
    invitations.removeOpenSentSince(accountId, since).forEach(this::record);
  }

  private void record(Invitation open) {
    auditTrail.record(
        "invitation.revoked",
        "invitation",
        open.id().toString(),
        open.organizationId(),
        new Change(Map.of("role", ContractsJson.kebabCase(open.role())), Map.of())
            .with(Map.of("cause", "email-change-reverted")));
  }
}
