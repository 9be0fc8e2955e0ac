package io.cpdevents.accounts.factors;

import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about removals of factors by operators. */
@Component
class FactorRemovals {

  /** One that is due. */
  record Due(UUID id, UUID accountId) {}

  private final JdbcClient jdbc;

  FactorRemovals(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Adds it; false when one of the account waits already. */
  boolean add(UUID accountId, FactorRemovalView removal) {
    return jdbc.sql(
                """
                INSERT INTO factor_removal (id, account_id, despite_use, reason, requested_by,
                                            requested_at, due_at)
                VALUES (:id, :accountId, :despiteUse, :reason, :requestedBy, :requestedAt, :dueAt)
                ON CONFLICT DO NOTHING
                """)
            .param("id", removal.id())
            .param("accountId", accountId)
            .param("despiteUse", removal.despiteUse())
            .param("reason", removal.reason())
            .param("requestedBy", removal.requestedBy())
            .param("requestedAt", Parameters.instant(removal.requestedAt()))
            .param("dueAt", Parameters.instant(removal.dueAt()))
            .update()
        == 1;
  }

  /** The latest of an account. */
  Optional<FactorRemovalView> latest(UUID accountId) {
    return jdbc.sql(
            """
            SELECT id, despite_use, reason, requested_by, requested_at, due_at, called_off_at, removed_at
              FROM factor_removal
             WHERE account_id = :accountId
             ORDER BY requested_at DESC, id DESC LIMIT 1
            """)
        .param("accountId", accountId)
        .query(FactorRemovals::read)
        .optional();
  }

  /** Calls off the one that waits; empty when none does. */
  Optional<UUID> callOff(UUID accountId, Instant now) {
    return jdbc.sql(
            """
            UPDATE factor_removal SET called_off_at = :now
             WHERE account_id = :accountId AND called_off_at IS NULL AND removed_at IS NULL
            RETURNING id
            """)
        .param("accountId", accountId)
        .param("now", Parameters.instant(now))
        .query(UUID.class)
        .optional();
  }

  /**
   * Calls off the one that waits, because somebody has used a factor: unless that may be whoever
   * has added it. Factors of the last month after which the person has reset the password are so: a
   * thief who knew the password can have added them where there were none, and a reset leaves them.
   * Of older ones the operator says so.
   */
  Optional<UUID> callOffByUse(UUID accountId, Instant now) {
    return jdbc.sql(
            """
            UPDATE factor_removal AS removal SET called_off_at = :now
             WHERE account_id = :accountId AND called_off_at IS NULL AND removed_at IS NULL
               AND NOT despite_use
               AND NOT EXISTS (
                     SELECT FROM login,
                       (SELECT min(made_at) AS made_at
                          FROM (SELECT made_at FROM totp WHERE account_id = :accountId
                                 UNION ALL
                                SELECT made_at FROM passkey WHERE account_id = :accountId) AS factor
                       ) AS first_factor
                      WHERE login.account_id = :accountId
                        AND login.purpose = 'password-reset' AND login.outcome = 'succeeded'
                        AND login.attempted_at BETWEEN first_factor.made_at AND removal.requested_at
                        AND first_factor.made_at > removal.requested_at - interval '30 days')
            RETURNING id
            """)
        .param("accountId", accountId)
        .param("now", Parameters.instant(now))
        .query(UUID.class)
        .optional();
  }

  Optional<Due> findDue(Instant now) {
    return jdbc.sql(
            """
            SELECT id, account_id FROM factor_removal
             WHERE called_off_at IS NULL AND removed_at IS NULL AND due_at <= :now
             ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED
            """)
        .param("now", Parameters.instant(now))
        .query((row, _) -> new Due(Columns.uuid(row, "id"), Columns.uuid(row, "account_id")))
        .optional();
  }

  void saveRemoved(UUID id, Instant now) {
    jdbc.sql("UPDATE factor_removal SET removed_at = :now WHERE id = :id AND removed_at IS NULL")
        .param("id", id)
        .param("now", Parameters.instant(now))
        .update();
  }

  private static FactorRemovalView read(ResultSet row, int index) throws SQLException {
    return new FactorRemovalView(
        Columns.uuid(row, "id"),
        row.getBoolean("despite_use"),
        row.getString("reason"),
        Columns.uuid(row, "requested_by"),
        Columns.instant(row, "requested_at"),
        Columns.instant(row, "due_at"),
        Columns.instantOrNull(row, "called_off_at"),
        Columns.instantOrNull(row, "removed_at"));
  }
}
