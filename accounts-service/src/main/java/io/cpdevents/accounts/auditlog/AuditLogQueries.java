package io.cpdevents.accounts.auditlog;

import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.web.Cursor;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads who did what, latest first. */
@Component
public class AuditLogQueries {

  /**
   * One entry.
   *
   * @param hash over the entry and its predecessor's hash, hexadecimal
   * @param unreadable whether somebody has changed the entry so that it cannot be read any more:
   *     then it tells its place alone, and the check of the log names it
   */
  public record AuditEntryView(
      UUID id,
      long seq,
      String service,
      @Nullable UUID actorAccountId,
      String action,
      String subjectType,
      String subjectId,
      @Nullable UUID organizationId,
      Instant occurredAt,
      @Nullable String ipAddress,
      @Nullable String traceId,
      Map<String, String> details,
      @Nullable ActorKind actorKind,
      @Nullable UUID onBehalfOf,
      @Nullable Map<String, String> before,
      @Nullable Map<String, String> after,
      String hash,
      boolean unreadable) {}

  /** What stands where nothing can be read. */
  private static final String UNKNOWN = "unknown";

  private final AuditLog auditLog;

  AuditLogQueries(AuditLog auditLog) {
    this.auditLog = auditLog;
  }

  /** The log of the whole platform. */
  public Page<AuditEntryView> all(AuditFilter filter, PageRequest page) {
    return page(auditLog.latest(filter, page), page);
  }

  /** The log of one organization. */
  public Page<AuditEntryView> of(UUID organizationId, AuditFilter filter, PageRequest page) {
    return page(auditLog.latestOf(organizationId, filter, page), page);
  }

  private static Page<AuditEntryView> page(List<AuditLog.Listed> rows, PageRequest page) {
    return Page.of(
        rows.stream().map(AuditLogQueries::view).toList(),
        page,
        view -> new Cursor(view.occurredAt(), view.id()));
  }

  private static @Nullable ActorKind kind(@Nullable String kebabCase) {
    return kebabCase == null ? null : Columns.constant(ActorKind.class, kebabCase);
  }

  private static AuditEntryView view(AuditLog.Listed row) {
    return row.entry().map(AuditLogQueries::view).orElseGet(() -> unreadable(row));
  }

  private static AuditEntryView unreadable(AuditLog.Listed row) {
    return new AuditEntryView(
        row.id(),
        row.seq(),
        UNKNOWN,
        null,
        UNKNOWN,
        UNKNOWN,
        UNKNOWN,
        null,
        row.occurredAt(),
        null,
        null,
        Map.of(),
        null,
        null,
        null,
        null,
        UNKNOWN,
        true);
  }

  private static AuditEntryView view(AuditEntry entry) {
    return new AuditEntryView(
        entry.action().id(),
        entry.seq(),
        entry.action().service(),
        entry.action().actorAccountId(),
        entry.action().action(),
        entry.action().subjectType(),
        entry.action().subjectId(),
        entry.action().organizationId(),
        entry.action().occurredAt(),
        entry.action().ipAddress(),
        entry.action().traceId(),
        entry.action().details(),
        kind(entry.action().actorKind()),
        entry.action().onBehalfOf(),
        entry.action().before(),
        entry.action().after(),
        HexFormat.of().formatHex(entry.hash()),
        false);
  }
}
