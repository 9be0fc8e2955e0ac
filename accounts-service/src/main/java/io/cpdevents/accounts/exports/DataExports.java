package io.cpdevents.accounts.exports;

import io.cpdevents.platform.personaldata.PersonAddress;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about exports. */
@Component
class DataExports {

  /** An export, without its archive. */
  record DataExport(
      UUID id,
      UUID accountId,
      DataExportStatus status,
      Instant requestedAt,
      @Nullable Instant availableUntil) {}

  /** Whose export it is, as the services find the person. */
  record Person(UUID accountId, PersonAddress email, List<PersonAddress> formerEmails) {

    @Override
    public String toString() {
      return "(hidden)";
    }
  }

  /** As many as services take. */
  private static final int MAX_FORMER_EMAILS = 1_000;

  private static final String SELECT =
      "SELECT id, account_id, status, requested_at, available_until FROM data_export ";

  private final JdbcClient jdbc;

  DataExports(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Locks the account, so that of two requests one makes an export; false when it is gone. */
  boolean lockAccount(UUID accountId) {
    return jdbc.sql("SELECT id FROM account WHERE id = :accountId FOR NO KEY UPDATE")
        .param("accountId", accountId)
        .query((row, _) -> Columns.uuid(row, "id"))
        .optional()
        .isPresent();
  }

  void add(DataExport export, Instant systemNow) {
    jdbc.sql(
            """
            INSERT INTO data_export (id, account_id, status, requested_at, next_attempt_at)
            VALUES (:id, :accountId, :status, :requestedAt, :now)
            """)
        .param("id", export.id())
        .param("accountId", export.accountId())
        .param("status", Parameters.constant(export.status()))
        .param("requestedAt", Parameters.instant(export.requestedAt()))
        .param("now", Parameters.instant(systemNow))
        .update();
  }

  /** One that is made, or was asked for after this. */
  Optional<DataExport> findRecent(UUID accountId, Instant requestedAfter) {
    return jdbc.sql(
            SELECT
                + """
                WHERE account_id = :accountId
                  AND (status = 'running' OR status = 'ready' AND requested_at > :requestedAfter)
                ORDER BY requested_at DESC LIMIT 1
                """)
        .param("accountId", accountId)
        .param("requestedAfter", Parameters.instant(requestedAfter))
        .query(DataExports::export)
        .optional();
  }

  Optional<DataExport> find(UUID id, UUID accountId) {
    return jdbc.sql(SELECT + "WHERE id = :id AND account_id = :accountId")
        .param("id", id)
        .param("accountId", accountId)
        .query(DataExports::export)
        .optional();
  }

  Optional<DataExport> lock(UUID id) {
    return jdbc.sql(SELECT + "WHERE id = :id FOR UPDATE")
        .param("id", id)
        .query(DataExports::export)
        .optional();
  }

  /** Takes the one that is due first; nobody else takes it before then. */
  Optional<DataExport> claim(Instant systemNow, Instant until) {
    return jdbc.sql(
            """
            UPDATE data_export SET next_attempt_at = :until
             WHERE id = (
                     SELECT id FROM data_export
                      WHERE status = 'running' AND next_attempt_at <= :now
                      ORDER BY next_attempt_at LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING id, account_id, status, requested_at, available_until
            """)
        .param("now", Parameters.instant(systemNow))
        .param("until", Parameters.instant(until))
        .query(DataExports::export)
        .optional();
  }

  Optional<Person> person(UUID accountId) {
    return jdbc.sql(
            """
            SELECT id, email, CAST(NULL AS timestamptz) AS until,
                   (SELECT max(others.until) FROM former_identity others
                     WHERE others.email = account.email AND others.account_id <> account.id)
                     AS since
              FROM account WHERE id = :accountId
            """)
        .param("accountId", accountId)
        .query(
            (row, _) -> new Person(Columns.uuid(row, "id"), address(row), formerEmails(accountId)))
        .optional();
  }

  private List<PersonAddress> formerEmails(UUID accountId) {
    return jdbc.sql(
            """
            SELECT f.email, f.until,
                   (SELECT max(others.until) FROM former_identity others
                     WHERE others.email = f.email AND others.account_id <> :accountId
                       AND others.until < f.until) AS since
              FROM (SELECT email, max(until) AS until FROM former_identity
                     WHERE account_id = :accountId
                     GROUP BY email ORDER BY max(until) DESC LIMIT :limit) f
             ORDER BY f.until DESC
            """)
        .param("accountId", accountId)
        .param("limit", MAX_FORMER_EMAILS)
        .query((row, _) -> address(row))
        .list();
  }

  private static PersonAddress address(ResultSet row) throws SQLException {
    return new PersonAddress(
        row.getString("email"),
        Columns.instantOrNull(row, "since"),
        Columns.instantOrNull(row, "until"));
  }

  /** Saves a locked one. */
  void save(
      UUID id,
      DataExportStatus status,
      byte @Nullable [] archive,
      @Nullable Instant availableUntil) {
    jdbc.sql(
            """
            UPDATE data_export
               SET status = :status, archive = :archive, available_until = :availableUntil
             WHERE id = :id
            """)
        .param("id", id)
        .param("status", Parameters.constant(status))
        .param("archive", Parameters.bytes(archive))
        .param("availableUntil", Parameters.instant(availableUntil))
        .update();
  }

  /** The encrypted archive, while it is available. */
  Optional<byte[]> archive(UUID id, UUID accountId, Instant now) {
    return jdbc.sql(
            """
            SELECT archive FROM data_export
             WHERE id = :id AND account_id = :accountId AND status = 'ready'
               AND available_until > :now
            """)
        .param("id", id)
        .param("accountId", accountId)
        .param("now", Parameters.instant(now))
        .query((row, _) -> row.getBytes("archive"))
        .optional();
  }

  /** Locks those that nobody may fetch any more. */
  List<DataExport> lockOver(Instant now, int batchRows) {
    return jdbc.sql(
            SELECT
                + """
                WHERE status = 'ready' AND available_until <= :now
                ORDER BY available_until LIMIT :batchRows FOR UPDATE SKIP LOCKED
                """)
        .param("now", Parameters.instant(now))
        .param("batchRows", batchRows)
        .query(DataExports::export)
        .list();
  }

  private static DataExport export(ResultSet row, int index) throws SQLException {
    return new DataExport(
        Columns.uuid(row, "id"),
        Columns.uuid(row, "account_id"),
        Columns.constant(DataExportStatus.class, row, "status"),
        Columns.instant(row, "requested_at"),
        Columns.instantOrNull(row, "available_until"));
  }
}
