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

/** Invitations are taken back that somebody else may have sent in a person's name. */
@Component
public class RevokeAddedInvitations {

  private final Invitations invitations;
  private final AuditTrail auditTrail;

  RevokeAddedInvitations(Invitations invitations, AuditTrail auditTrail) {
    this.invitations = invitations;
    this.auditTrail = auditTrail;
  }

  /** Takes those back that were sent since then and that nobody has accepted. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(UUID accountId, Instant since) {
    invitations
        .removeOpenSince(accountId, since)
        .forEach(removed ->
            auditTrail.record(
                "invitation.revoked",
                "invitation",
                removed.id().toString(),
                removed.organizationId(),
                new Change(Map.of("role", ContractsJson.kebabCase(removed.role())), Map.of())
                    .with(Map.of("cause", "inviter-took-account-back"))));
  }
}
