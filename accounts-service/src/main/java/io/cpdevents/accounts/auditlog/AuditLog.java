package io.cpdevents.accounts.auditlog;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.cpdevents.accounts.auditlog.AuditEntry.ChainHead;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.KeysetPage;
import io.cpdevents.platform.sql.Parameters;
import io.cpdevents.platform.web.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about the audit log. Rows are added and read, and never changed. */
@Component
class AuditLog {

  private static final String CHAIN_LOCK = "audit-log";
  private static final int MAX_PLACES_ROWS = 10;
  private static final UUID LATEST_ID = new UUID(-1, -1);
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  private static final String SELECT =
      """
      SELECT seq, entry_id, service, actor_account_id, action, subject_type, subject_id,
             organization_id, occurred_at, ip_address, trace_id, details, recorded_at,
             prev_hash, key_id, hash, actor_kind, on_behalf_of, before, after
        FROM audit_entry
      """;

  /** How the column {@code details} is read. */
  private record Details(@JsonValue Map<String, String> values) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    Details {}
  }

  /**
   * A row as it is there now.
   *
   * @param entry empty when it cannot be read as one any more, which no row that we wrote is
   */
  record Kept(long seq, Optional<AuditEntry> entry) {}

  /**
   * A row of a list.
   *
   * @param id latest of all when the row has none any more, as the time is: so it stands first, and
   *     the list goes on after it
   * @param entry empty when it cannot be read as one any more: the list has all others
   */
  record Listed(long seq, UUID id, Instant occurredAt, Optional<AuditEntry> entry) {}

  private final JdbcClient jdbc;

  AuditLog(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The head of the chain, which nobody else can extend until the transaction ends. */
  ChainHead lockHead() {
    jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended(:lock, 0))")
        .param("lock", CHAIN_LOCK)
        .query((_, _) -> CHAIN_LOCK)
        .single();
    return head();
  }

  ChainHead head() {
    return jdbc.sql("SELECT seq, hash FROM audit_entry ORDER BY seq DESC LIMIT 1")
        .query((row, _) ->
            new ChainHead(
                row.getLong("seq"),
                Objects.requireNonNullElse(row.getBytes("hash"), AuditEntry.NO_HASH)))
        .optional()
        .orElseGet(ChainHead::none);
  }

  /** Adds the entry unless it was added before. */
  void add(AuditEntry entry) {
    AuditedAction action = entry.action();
    jdbc.sql(
            """
            INSERT INTO audit_entry (seq, entry_id, service, actor_account_id, action, subject_type,
                                     subject_id, organization_id, occurred_at, ip_address, trace_id,
                                     details, recorded_at, prev_hash, key_id, hash, actor_kind,
                                     on_behalf_of, before, after)
            VALUES (:seq, :entryId, :service, :actorAccountId, :action, :subjectType,
                    :subjectId, :organizationId, :occurredAt, :ipAddress, :traceId,
                    :details, :recordedAt, :prevHash, :keyId, :hash, :actorKind,
                    :onBehalfOf, :before::jsonb, :after::jsonb)
            ON CONFLICT (entry_id) DO NOTHING
            """)
        .param("seq", entry.seq())
        .param("entryId", action.id())
        .param("service", action.service())
        .param("actorAccountId", Parameters.uuid(action.actorAccountId()))
        .param("action", action.action())
        .param("subjectType", action.subjectType())
        .param("subjectId", action.subjectId())
        .param("organizationId", Parameters.uuid(action.organizationId()))
        .param("occurredAt", Parameters.instant(action.occurredAt()))
        .param("ipAddress", Parameters.text(action.ipAddress()))
        .param("traceId", Parameters.text(action.traceId()))
        .param("details", Parameters.json(action.details()))
        .param("recordedAt", Parameters.instant(entry.recordedAt()))
        .param("prevHash", entry.prevHash())
        .param("keyId", entry.keyId())
        .param("hash", entry.hash())
        .param("actorKind", Parameters.text(action.actorKind()))
        .param("onBehalfOf", Parameters.uuid(action.onBehalfOf()))
        .param("before", json(action.before()))
        .param("after", json(action.after()))
        .update();
  }

  /**
   * Rows after a place, in the order of the chain. One that cannot be read is among them: whoever
   * holds the database could make it so, and no check may end there without naming it.
   */
  List<Kept> after(long seq, int rows) {
    return jdbc.sql(SELECT + "WHERE seq > :seq ORDER BY seq LIMIT :rows")
        .param("seq", seq)
        .param("rows", rows)
        .query((row, _) -> kept(row))
        .list();
  }

  /** The first entry that names a key, whatever it is worth; empty when that cannot be read. */
  Optional<AuditEntry> firstUnder(String keyId) {
    return jdbc.sql(SELECT + "WHERE key_id = :keyId ORDER BY seq LIMIT 1")
        .param("keyId", keyId)
        .query((row, _) -> kept(row))
        .optional()
        .flatMap(Kept::entry);
  }

  /** Where entries with this hash stand: a look through all of the log. */
  List<Long> placesOf(byte[] hash) {
    return jdbc.sql("SELECT seq FROM audit_entry WHERE hash = :hash ORDER BY seq LIMIT :rows")
        .param("hash", hash)
        .param("rows", MAX_PLACES_ROWS)
        .query((row, _) -> row.getLong("seq"))
        .list();
  }

  /** When the first entry was appended; empty for an empty log, or when it does not say. */
  Optional<Instant> begunAt() {
    return jdbc.sql("SELECT recorded_at FROM audit_entry ORDER BY seq LIMIT 1")
        .query((row, _) -> Optional.ofNullable(Columns.instantOrNull(row, "recorded_at")))
        .optional()
        .flatMap(Function.identity());
  }

  /** The entries of all, latest first. */
  List<Listed> latest(AuditFilter filter, PageRequest request) {
    KeysetPage page = KeysetPage.descending("occurred_at", "entry_id", request);
    return jdbc.sql(
            SELECT + "WHERE true" + filter.condition() + page.condition() + page.orderAndLimit())
        .params(filter.parameters())
        .params(page.parameters())
        .query((row, _) -> listed(row))
        .list();
  }

  /** The entries of one organization, latest first. */
  List<Listed> latestOf(UUID organizationId, AuditFilter filter, PageRequest request) {
    KeysetPage page = KeysetPage.descending("occurred_at", "entry_id", request);
    return jdbc.sql(
            SELECT
                + "WHERE organization_id = :organizationId"
                + filter.condition()
                + page.condition()
                + page.orderAndLimit())
        .param("organizationId", organizationId)
        .params(filter.parameters())
        .params(page.parameters())
        .query((row, _) -> listed(row))
        .list();
  }

  private static Object json(@Nullable Map<String, String> values) {
    return values == null ? Parameters.text(null) : Parameters.json(values);
  }

  private static @Nullable Map<String, String> values(ResultSet row, String column)
      throws SQLException {
    return row.getString(column) == null
        ? null
        : new TreeMap<>(Columns.json(Details.class, row, column).values());
  }

  /** An odd one makes the row one that cannot be read. */
  private static @Nullable String actorKind(ResultSet row) throws SQLException {
    String kind = row.getString("actor_kind");
    if (kind != null) {
      ActorKind _ = Columns.constant(ActorKind.class, kind);
    }
    return kind;
  }

  private static Listed listed(ResultSet row) throws SQLException {
    return new Listed(
        row.getLong("seq"),
        Objects.requireNonNullElse(Columns.uuidOrNull(row, "entry_id"), LATEST_ID),
        Objects.requireNonNullElse(Columns.instantOrNull(row, "occurred_at"), LATEST),
        kept(row).entry());
  }

  private static Kept kept(ResultSet row) throws SQLException {
    long seq = row.getLong("seq");
    try {
      return new Kept(seq, Optional.of(entry(row)));
    } catch (RuntimeException unreadable) {
      return new Kept(seq, Optional.empty());
    }
  }

  private static AuditEntry entry(ResultSet row) throws SQLException {
    return new AuditEntry(
        row.getLong("seq"),
        new AuditedAction(
            Columns.uuid(row, "entry_id"),
            row.getString("service"),
            Columns.uuidOrNull(row, "actor_account_id"),
            row.getString("action"),
            row.getString("subject_type"),
            row.getString("subject_id"),
            Columns.uuidOrNull(row, "organization_id"),
            Columns.instant(row, "occurred_at"),
            row.getString("ip_address"),
            row.getString("trace_id"),
            new TreeMap<>(Columns.json(Details.class, row, "details").values()),
            actorKind(row),
            Columns.uuidOrNull(row, "on_behalf_of"),
            values(row, "before"),
            values(row, "after")),
        Columns.instant(row, "recorded_at"),
        Objects.requireNonNull(row.getBytes("prev_hash")),
        row.getString("key_id"),
        Objects.requireNonNull(row.getBytes("hash")));
  }
}
