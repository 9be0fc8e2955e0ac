package io.cpdevents.accounts.platformroles;

import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.contracts.accounts.SessionEvent.RolesChanged;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.messaging.Outbox;
import io.cpdevents.platform.security.PlatformRole;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Who has which role on the platform. A caller's transaction is needed for every change. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class PlatformRoles {

  private static final String FIRST_ADMIN_LOCK = "first-platform-admin";

  private final JdbcClient jdbc;
  private final Clock clock;
  private final Outbox outbox;
  private final AuditTrail auditTrail;

  PlatformRoles(JdbcClient jdbc, Clock clock, Outbox outbox, AuditTrail auditTrail) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.outbox = outbox;
    this.auditTrail = auditTrail;
  }

  /** Grants a role; to have it already is fine. */
  public void grant(UUID accountId, PlatformRole role) {
    int granted =
        jdbc.sql(
                """
                INSERT INTO platform_role (account_id, role, granted_at)
                VALUES (:accountId, :role, :now)
                ON CONFLICT DO NOTHING
                """)
            .param("accountId", accountId)
            .param("role", ContractsJson.kebabCase(role))
            .param("now", Timestamp.from(clock.instant()))
            .update();
    if (granted == 1) {
      outbox.append(new RolesChanged(accountId, clock.instant()));
      auditTrail.record(
          "platform-role.granted",
          "account",
          accountId.toString(),
          null,
          Map.of("role", ContractsJson.kebabCase(role)));
    }
  }

  /** Grants platform-admin if nobody has it yet: of two at once, one gets it. */
  public void grantFirstAdmin(UUID accountId) {
    jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended(:lock, 0))")
        .param("lock", FIRST_ADMIN_LOCK)
        .query((row, index) -> FIRST_ADMIN_LOCK)
        .single();
    boolean taken =
        jdbc.sql("SELECT EXISTS (SELECT FROM platform_role WHERE role = 'platform-admin')")
            .query(Boolean.class)
            .single();
    if (!taken) {
      grant(accountId, PlatformRole.PLATFORM_ADMIN);
    }
  }
}
