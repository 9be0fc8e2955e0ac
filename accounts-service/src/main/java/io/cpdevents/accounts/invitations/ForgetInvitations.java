package io.cpdevents.accounts.invitations;

import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Nobody is invited any more by an address, former or present, of a person who is erased. */
@Component
public class ForgetInvitations {

  private final Invitations invitations;
  private final AuditTrail auditTrail;

  ForgetInvitations(Invitations invitations, AuditTrail auditTrail) {
    this.invitations = invitations;
    this.auditTrail = auditTrail;
  }

  /** Removes them. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(UUID accountId) {
    invitations.removeTo(accountId).stream().filter(Invitation::isOpen).forEach(this::record);
  }

  private void record(Invitation open) {
    auditTrail.record(
        "invitation.revoked",
        "invitation",
        open.id().toString(),
        open.organizationId(),
        new Change(Map.of("role", ContractsJson.kebabCase(open.role())), Map.of())
            .with(Map.of("cause", "invited-person-erased")));
  }
}
