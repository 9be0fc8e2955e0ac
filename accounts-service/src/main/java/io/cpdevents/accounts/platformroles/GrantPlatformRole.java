package io.cpdevents.accounts.platformroles;

import io.cpdevents.accounts.sessions.ShortenSessions;
import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.contracts.accounts.SessionEvent.RolesChanged;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.messaging.Outbox;
import io.cpdevents.platform.security.PlatformRole;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** An account gets a role on the platform. */
@Component
public class GrantPlatformRole {

  private final PlatformRoles platformRoles;
  private final ShortenSessions shortenSessions;
  private final Outbox outbox;
  private final AuditTrail auditTrail;
  private final Clock clock;

  GrantPlatformRole(
      PlatformRoles platformRoles,
      ShortenSessions shortenSessions,
      Outbox outbox,
      AuditTrail auditTrail,
      Clock clock) {
    this.platformRoles = platformRoles;
    this.shortenSessions = shortenSessions;
    this.outbox = outbox;
    this.auditTrail = auditTrail;
    this.clock = clock;
  }

  /**
   * Grants the role in the caller's transaction; a role that the account has is not granted again.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(UUID accountId, PlatformRole role) {
    Instant now = clock.instant();
    if (!platformRoles.add(accountId, role, now)) {
      return;
    }
    shortenSessions.handle(accountId);
    outbox.append(new RolesChanged(accountId, now));
    auditTrail.record(
        "platform-role.granted",
        "account",
        accountId.toString(),
        null,
        new Change(Map.of(), Map.of("role", ContractsJson.kebabCase(role))));
  }
}
