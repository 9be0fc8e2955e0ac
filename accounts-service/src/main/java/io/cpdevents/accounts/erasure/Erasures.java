package io.cpdevents.accounts.erasure;

import io.cpdevents.contracts.erasure.ErasureAnswerEvent.Kept;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.DatabaseJson;
import io.cpdevents.platform.sql.Parameters;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about erasures. Whoever locks one locks its account first. */
@Component
class Erasures {

  /** What one service has answered. */
  record Answer(String service, Instant answeredAt, List<Kept> kept) {}

  /** An erasure that is due, not locked yet. */
  record Due(UUID erasureId, UUID accountId) {}

  private static final String SELECT =
      """
      SELECT id, account_id, status, requested_at, due_at, started_at, receipt, receipt_signed_at,
             ended_at
        FROM erasure
      """;

  private final JdbcClient jdbc;

  Erasures(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Locks the account; its version, empty when it is gone. Whoever joins or founds an organization
   * takes the same lock, and then the organization's; that of an owner whom an organization gets
   * refers to the account alone, and does not wait for it.
   */
  Optional<Long> lockAccountVersion(UUID accountId) {
    return jdbc.sql("SELECT version FROM account WHERE id = :accountId FOR NO KEY UPDATE")
        .param("accountId", accountId)
        .query((row, _) -> row.getLong("version"))
        .optional();
  }

  /**
   * Whether nobody else stays who administers the platform. Whoever asks at the same time waits for
   * this transaction, by the lock of the first admin.
   */
  boolean isLastPlatformAdmin(UUID accountId) {
    jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended('first-platform-admin', 0))")
        .query((_, _) -> accountId)
        .single();
    return jdbc.sql(
            """
            SELECT EXISTS (SELECT FROM platform_role
                            WHERE account_id = :accountId AND role = 'platform-admin')
               AND NOT EXISTS (
                   SELECT FROM platform_role r
                    WHERE r.role = 'platform-admin' AND r.account_id <> :accountId
                      AND NOT EXISTS (SELECT FROM erasure e
                                       WHERE e.account_id = r.account_id AND e.ended_at IS NULL))
            """)
        .param("accountId", accountId)
        .query(Boolean.class)
        .single();
  }

  /** Locks the account; false when it is gone. */
  boolean lockAccount(UUID accountId) {
    return lockAccountVersion(accountId).isPresent();
  }

  Optional<String> email(UUID accountId) {
    return jdbc.sql("SELECT email FROM account WHERE id = :accountId")
        .param("accountId", accountId)
        .query(String.class)
        .optional();
  }

  void add(Erasure erasure) {
    jdbc.sql(
            """
            INSERT INTO erasure (id, account_id, status, requested_at, due_at)
            VALUES (:id, :accountId, :status, :requestedAt, :dueAt)
            """)
        .param("id", erasure.id())
        .param("accountId", erasure.accountId())
        .param("status", Parameters.constant(erasure.status()))
        .param("requestedAt", Parameters.instant(erasure.requestedAt()))
        .param("dueAt", Parameters.instant(erasure.dueAt()))
        .update();
  }

  Optional<Erasure> lock(UUID id) {
    return jdbc.sql(SELECT + "WHERE id = :id FOR UPDATE")
        .param("id", id)
        .query(Erasures::erasure)
        .optional();
  }

  /** The account's latest. */
  Optional<Erasure> lockLatest(UUID accountId) {
    return jdbc.sql(
            SELECT + "WHERE account_id = :accountId ORDER BY requested_at DESC LIMIT 1 FOR UPDATE")
        .param("accountId", accountId)
        .query(Erasures::erasure)
        .optional();
  }

  Optional<Erasure> find(UUID id) {
    return jdbc.sql(SELECT + "WHERE id = :id").param("id", id).query(Erasures::erasure).optional();
  }

  Optional<Erasure> findLatest(UUID accountId) {
    return jdbc.sql(SELECT + "WHERE account_id = :accountId ORDER BY requested_at DESC LIMIT 1")
        .param("accountId", accountId)
        .query(Erasures::erasure)
        .optional();
  }

  /**
   * One that is due. That of somebody without whom an organization would have no owner waits, and
   * counts as stuck; owners who are being erased themselves are none, as for whoever leaves.
   */
  Optional<Due> findDue(Instant now) {
    return jdbc.sql(
            """
            SELECT id, account_id FROM erasure e
             WHERE status = 'waiting' AND due_at <= :now
               AND NOT EXISTS (SELECT FROM organization_member m
                                WHERE m.account_id = e.account_id AND m.role = 'owner'
                                  AND NOT EXISTS (
                               SELECT FROM organization_member o
                                WHERE o.organization_id = m.organization_id AND o.role = 'owner'
                                  AND o.account_id <> m.account_id AND NOT EXISTS (
                               SELECT FROM erasure others
                                WHERE others.account_id = o.account_id
                                  AND others.ended_at IS NULL)))
             ORDER BY due_at LIMIT 1
            """)
        .param("now", Parameters.instant(now))
        .query((row, _) -> new Due(Columns.uuid(row, "id"), Columns.uuid(row, "account_id")))
        .optional();
  }

  /** Saves a locked erasure. */
  void save(Erasure erasure) {
    jdbc.sql(
            """
            UPDATE erasure
               SET status = :status, started_at = :startedAt, receipt = :receipt,
                   receipt_signed_at = :receiptSignedAt, ended_at = :endedAt
             WHERE id = :id
            """)
        .param("id", erasure.id())
        .param("status", Parameters.constant(erasure.status()))
        .param("startedAt", Parameters.instant(erasure.startedAt()))
        .param("receipt", Parameters.text(erasure.receipt()))
        .param("receiptSignedAt", Parameters.instant(erasure.receiptSignedAt()))
        .param("endedAt", Parameters.instant(erasure.endedAt()))
        .update();
  }

  /** Keeps what a service has answered first. */
  void addAnswer(UUID erasureId, Answer answer) {
    jdbc.sql(
            """
            INSERT INTO erasure_answer (erasure_id, service, answered_at, kept)
            VALUES (:erasureId, :service, :answeredAt, :kept)
            ON CONFLICT (erasure_id, service) DO NOTHING
            """)
        .param("erasureId", erasureId)
        .param("service", answer.service())
        .param("answeredAt", Parameters.instant(answer.answeredAt()))
        .param("kept", Parameters.json(answer.kept()))
        .update();
  }

  List<Answer> answers(UUID erasureId) {
    return jdbc.sql(
            """
            SELECT service, answered_at, kept FROM erasure_answer
             WHERE erasure_id = :erasureId ORDER BY service
            """)
        .param("erasureId", erasureId)
        .query((row, _) ->
            new Answer(
                row.getString("service"),
                Columns.instant(row, "answered_at"),
                List.of(DatabaseJson.read(row.getString("kept"), Kept[].class))))
        .list();
  }

  private static Erasure erasure(ResultSet row, int index) throws SQLException {
    return new Erasure(
        Columns.uuid(row, "id"),
        Columns.uuid(row, "account_id"),
        Columns.constant(ErasureStatus.class, row, "status"),
        Columns.instant(row, "requested_at"),
        Columns.instant(row, "due_at"),
        Columns.instantOrNull(row, "started_at"),
        row.getString("receipt"),
        Columns.instantOrNull(row, "receipt_signed_at"),
        Columns.instantOrNull(row, "ended_at"));
  }
}
