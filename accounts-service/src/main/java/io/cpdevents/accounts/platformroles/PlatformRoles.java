package io.cpdevents.accounts.platformroles;

import io.cpdevents.platform.security.PlatformRole;
import io.cpdevents.platform.sql.Parameters;
import java.time.Instant;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL that changes platform roles. */
@Component
class PlatformRoles {

  private static final String FIRST_ADMIN_LOCK = "first-platform-admin";

  private final JdbcClient jdbc;

  PlatformRoles(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Adds the role; false when the account has it already. */
  boolean add(UUID accountId, PlatformRole role, Instant now) {
    return jdbc.sql(
                """
                INSERT INTO platform_role (account_id, role, granted_at)
                VALUES (:accountId, :role, :now)
                ON CONFLICT DO NOTHING
                """)
            .param("accountId", accountId)
            .param("role", Parameters.constant(role))
            .param("now", Parameters.instant(now))
            .update()
        == 1;
  }

  /** Whether there is a platform-admin. Another transaction that asks waits until this one ends. */
  boolean lockAndCheckForAdmin() {
    jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended(:lock, 0))")
        .param("lock", FIRST_ADMIN_LOCK)
        .query((_, _) -> FIRST_ADMIN_LOCK)
        .single();
    return jdbc.sql("SELECT EXISTS (SELECT FROM platform_role WHERE role = :role)")
        .param("role", Parameters.constant(PlatformRole.PLATFORM_ADMIN))
        .query(Boolean.class)
        .single();
  }
}
