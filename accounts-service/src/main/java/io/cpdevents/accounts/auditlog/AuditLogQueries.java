package io.cpdevents.accounts.auditlog;

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

/** Who did what, latest first. */
@Component
public class AuditLogQueries {

  /**
   * One entry.
   *
   * @param hash hexadecimal, see {@link VerifyAuditLog}
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
      String hash) {}

  private final AuditLog auditLog;

  AuditLogQueries(AuditLog auditLog) {
    this.auditLog = auditLog;
  }

  /** The log of the whole platform. */
  public Page<AuditEntryView> all(PageRequest page) {
    return page(auditLog.latest(null, page), page);
  }

  /** What concerns one organization. */
  public Page<AuditEntryView> of(UUID organizationId, PageRequest page) {
    return page(auditLog.latest(organizationId, page), page);
  }

  private static Page<AuditEntryView> page(List<AuditEntry> entries, PageRequest page) {
    return Page.of(
        entries.stream().map(AuditLogQueries::view).toList(),
        page,
        view -> new Cursor(view.occurredAt(), view.id()));
  }

  private static AuditEntryView view(AuditEntry entry) {
    return new AuditEntryView(
        entry.content().entryId(),
        entry.seq(),
        entry.content().service(),
        entry.content().actorAccountId(),
        entry.content().action(),
        entry.content().subjectType(),
        entry.content().subjectId(),
        entry.content().organizationId(),
        entry.content().occurredAt(),
        entry.content().ipAddress(),
        entry.content().traceId(),
        entry.content().details(),
        HexFormat.of().formatHex(entry.hash()));
  }
}
