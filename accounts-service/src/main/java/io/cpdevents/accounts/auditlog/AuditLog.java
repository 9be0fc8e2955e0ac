package io.cpdevents.accounts.auditlog;

import io.cpdevents.accounts.auditlog.AuditEntry.ChainHead;
import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.contracts.audit.AuditEvent.AuditEntryRecorded;
import io.cpdevents.platform.web.Cursor;
import io.cpdevents.platform.web.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** All SQL about the audit log. Rows are added and read, never changed. */
@Component
class AuditLog {

  private static final String CHAIN_LOCK = "audit-log";
  private static final TypeReference<Map<String, String>> DETAILS = new TypeReference<>() {};

  private static final String SELECT =
      """
      SELECT seq, entry_id, service, actor_account_id, action, subject_type, subject_id,
             organization_id, occurred_at, ip_address, trace_id, details, recorded_at,
             prev_hash, hash
        FROM audit_entry
      """;

  private final JdbcClient jdbc;
  private final JsonMapper json = ContractsJson.mapper();

  AuditLog(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The end of the chain, which nobody else can extend until the transaction ends. */
  ChainHead lockHead() {
    jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended(:lock, 0))")
        .param("lock", CHAIN_LOCK)
        .query((_, _) -> CHAIN_LOCK)
        .single();
    return head();
  }

  ChainHead head() {
    return jdbc.sql("SELECT seq, hash FROM audit_entry ORDER BY seq DESC LIMIT 1")
        .query((row, _) -> new ChainHead(row.getLong("seq"), row.getBytes("hash")))
        .optional()
        .orElseGet(ChainHead::none);
  }

  /** Adds an entry unless it is there already. */
  void add(AuditEntry entry) {
    AuditEntryRecorded content = entry.content();
    jdbc.sql(
            """
            INSERT INTO audit_entry (seq, entry_id, service, actor_account_id, action, subject_type,
                                     subject_id, organization_id, occurred_at, ip_address, trace_id,
                                     details, recorded_at, prev_hash, hash)
            VALUES (:seq, :entryId, :service, CAST(:actorAccountId AS uuid), :action, :subjectType,
                    :subjectId, CAST(:organizationId AS uuid), :occurredAt, :ipAddress, :traceId,
                    CAST(:details AS jsonb), :recordedAt, :prevHash, :hash)
            ON CONFLICT (entry_id) DO NOTHING
            """)
        .param("seq", entry.seq())
        .param("entryId", content.entryId())
        .param("service", content.service())
        .param("actorAccountId", content.actorAccountId())
        .param("action", content.action())
        .param("subjectType", content.subjectType())
        .param("subjectId", content.subjectId())
        .param("organizationId", content.organizationId())
        .param("occurredAt", Timestamp.from(content.occurredAt()))
        .param("ipAddress", content.ipAddress())
        .param("traceId", content.traceId())
        .param("details", json.writeValueAsString(content.details()))
        .param("recordedAt", Timestamp.from(entry.recordedAt()))
        .param("prevHash", entry.prevHash())
        .param("hash", entry.hash())
        .update();
  }

  /** Entries in the order of the chain. */
  List<AuditEntry> behind(long seq, int rows) {
    return jdbc.sql(SELECT + "WHERE seq > :seq ORDER BY seq LIMIT :rows")
        .param("seq", seq)
        .param("rows", rows)
        .query(this::entry)
        .list();
  }

  /**
   * Entries, latest first.
   *
   * @param organizationId null for all
   */
  List<AuditEntry> latest(@Nullable UUID organizationId, PageRequest page) {
    return jdbc.sql(
            SELECT
                + """
                WHERE (CAST(:organizationId AS uuid) IS NULL OR organization_id = :organizationId)
                  AND (CAST(:afterAt AS timestamptz) IS NULL
                       OR (occurred_at, entry_id)
                          < (CAST(:afterAt AS timestamptz), CAST(:afterId AS uuid)))
                ORDER BY occurred_at DESC, entry_id DESC
                LIMIT :rows
                """)
        .param("organizationId", organizationId)
        .param("afterAt", page.after().map(Cursor::at).map(Timestamp::from).orElse(null))
        .param("afterId", page.after().map(Cursor::id).orElse(null))
        .param("rows", page.rowsToFetch())
        .query(this::entry)
        .list();
  }

  private AuditEntry entry(ResultSet row, int index) throws SQLException {
    return new AuditEntry(
        row.getLong("seq"),
        new AuditEntryRecorded(
            row.getObject("entry_id", UUID.class),
            row.getString("service"),
            row.getObject("actor_account_id", UUID.class),
            row.getString("action"),
            row.getString("subject_type"),
            row.getString("subject_id"),
            row.getObject("organization_id", UUID.class),
            row.getTimestamp("occurred_at").toInstant(),
            row.getString("ip_address"),
            row.getString("trace_id"),
            new TreeMap<>(json.readValue(row.getString("details"), DETAILS))),
        row.getTimestamp("recorded_at").toInstant(),
        row.getBytes("prev_hash"),
        row.getBytes("hash"));
  }
}
