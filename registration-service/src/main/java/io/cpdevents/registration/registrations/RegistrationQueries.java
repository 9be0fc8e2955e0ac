package io.cpdevents.registration.registrations;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.web.Cursor;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import io.cpdevents.registration.events.RefundPolicy;
import io.cpdevents.registration.registrations.RegistrationView.TicketView;
import io.cpdevents.registration.sql.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What people can read about registrations. */
@Component
public class RegistrationQueries {

  private static final String SELECT =
      """
      SELECT r.*, e.title, e.mode, e.starts_at, e.ends_at, e.time_zone, e.venue
      FROM registration r JOIN event e ON e.id = r.event_id
      """;

  private final JdbcClient jdbc;

  RegistrationQueries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A row of the registration table, without its tickets. */
  private record Head(
      UUID id,
      RegistrationStatus status,
      EventSummary event,
      UUID accountId,
      Money price,
      Money discount,
      Money total,
      RefundPolicy refundPolicy,
      @Nullable UUID paymentId,
      Instant createdAt,
      @Nullable Instant holdExpiresAt,
      @Nullable Instant confirmedAt,
      @Nullable Instant expiredAt) {}

  private record TicketOf(UUID registrationId, TicketView ticket) {}

  /**
   * A registration, for its buyer or a member of the event's organization.
   *
   * @throws RuleViolation {@code registration-not-found}
   */
  public RegistrationView get(UUID id, Caller caller) {
    return find(id)
        .filter(found -> mayRead(found, caller))
        .orElseThrow(() -> RuleViolation.notFound("registration-not-found"));
  }

  /** A registration, for the system itself. */
  public Optional<RegistrationView> find(UUID id) {
    return find(List.of(id)).stream().findFirst();
  }

  /** Those of these registrations that exist, for the system itself; in no order. */
  public List<RegistrationView> find(List<UUID> ids) {
    return views(
        jdbc.sql(SELECT + "WHERE r.id = ANY (cast(:ids AS uuid[]))")
            .param("ids", ids.toArray(UUID[]::new))
            .query(RegistrationQueries::head)
            .list());
  }

  /** The caller's own registrations, newest first. */
  public Page<RegistrationView> ofCaller(Caller caller, PageRequest page) {
    return page("r.account_id", caller.accountId(), page);
  }

  /**
   * The registrations for an event, newest first, for members of its organization.
   *
   * @throws RuleViolation {@code event-not-found}
   */
  public Page<RegistrationView> ofEvent(UUID eventId, Caller caller, PageRequest page) {
    UUID organizationId =
        jdbc.sql("SELECT organization_id FROM event WHERE id = :eventId")
            .param("eventId", eventId)
            .query(UUID.class)
            .optional()
            .orElseThrow(() -> RuleViolation.notFound("event-not-found"));
    caller.requireRole(
        organizationId,
        "event-not-found",
        OrganizationRole.ADMIN,
        OrganizationRole.FINANCE,
        OrganizationRole.STAFF);
    return page("r.event_id", eventId, page);
  }

  /**
   * What has happened to a registration, oldest first, for those who may read it.
   *
   * @throws RuleViolation {@code registration-not-found}
   */
  public Page<HistoryEntry> history(UUID id, Caller caller, PageRequest page) {
    get(id, caller);
    Optional<Cursor> after = page.after();
    List<HistoryEntry> entries =
        jdbc.sql(
                """
                SELECT * FROM registration_history
                WHERE registration_id = :registrationId
                """
                    + (after.isPresent() ? "AND (occurred_at, id) > (:afterAt, :afterId)\n" : "")
                    + """
                    ORDER BY occurred_at, id
                    LIMIT :limit
                    """)
            .param("registrationId", id)
            .param("afterAt", Columns.afterAt(after), Types.TIMESTAMP_WITH_TIMEZONE)
            .param("afterId", Columns.afterId(after), Types.OTHER)
            .param("limit", page.rowsToFetch())
            .query(RegistrationQueries::historyEntry)
            .list();
    return Page.of(entries, page, entry -> new Cursor(entry.occurredAt(), entry.id()));
  }

  private Page<RegistrationView> page(String ownerColumn, UUID owner, PageRequest page) {
    Optional<Cursor> after = page.after();
    List<Head> heads =
        jdbc.sql(
                SELECT
                    + "WHERE %s = :owner\n".formatted(ownerColumn)
                    + (after.isPresent() ? "AND (r.created_at, r.id) < (:afterAt, :afterId)\n" : "")
                    + """
                    ORDER BY r.created_at DESC, r.id DESC
                    LIMIT :limit
                    """)
            .param("owner", owner)
            .param("afterAt", Columns.afterAt(after), Types.TIMESTAMP_WITH_TIMEZONE)
            .param("afterId", Columns.afterId(after), Types.OTHER)
            .param("limit", page.rowsToFetch())
            .query(RegistrationQueries::head)
            .list();
    return Page.of(views(heads), page, view -> new Cursor(view.createdAt(), view.id()));
  }

  private List<RegistrationView> views(List<Head> heads) {
    if (heads.isEmpty()) {
      return List.of();
    }
    Map<UUID, List<TicketView>> tickets =
        jdbc
            .sql(
                """
                SELECT k.*, r.currency, r.status
                FROM ticket k JOIN registration r ON r.id = k.registration_id
                WHERE k.registration_id = ANY (cast(:ids AS uuid[]))
                ORDER BY k.registration_id, k.position
                """)
            .param("ids", heads.stream().map(Head::id).toArray(UUID[]::new))
            .query(RegistrationQueries::ticket)
            .list()
            .stream()
            .collect(groupingBy(TicketOf::registrationId, mapping(TicketOf::ticket, toList())));
    return heads.stream()
        .map(head -> view(head, tickets.getOrDefault(head.id(), List.of())))
        .toList();
  }

  private static boolean mayRead(RegistrationView registration, Caller caller) {
    return registration.accountId().equals(caller.accountId())
        || caller.roleIn(registration.event().organizationId()) != null;
  }

  private static RegistrationView view(Head head, List<TicketView> tickets) {
    return new RegistrationView(
        head.id(),
        Reference.of(head.id()),
        head.status(),
        head.event(),
        head.accountId(),
        head.price(),
        head.discount(),
        head.total(),
        tickets,
        head.refundPolicy(),
        head.paymentId(),
        head.createdAt(),
        head.holdExpiresAt(),
        head.confirmedAt(),
        head.expiredAt());
  }

  private static Head head(ResultSet row, int number) throws SQLException {
    String currency = row.getString("currency");
    return new Head(
        row.getObject("id", UUID.class),
        Columns.constant(RegistrationStatus.class, row, "status"),
        Offers.eventSummary(row, "event_id"),
        row.getObject("account_id", UUID.class),
        Money.of(row.getLong("price_minor"), currency),
        Money.of(row.getLong("discount_minor"), currency),
        Money.of(row.getLong("total_minor"), currency),
        ContractsJson.mapper().readValue(row.getString("refund_policy"), RefundPolicy.class),
        row.getObject("payment_id", UUID.class),
        Columns.instant(row, "created_at"),
        Columns.instantOrNull(row, "hold_expires_at"),
        Columns.instantOrNull(row, "confirmed_at"),
        Columns.instantOrNull(row, "expired_at"));
  }

  private static TicketOf ticket(ResultSet row, int number) throws SQLException {
    String currency = row.getString("currency");
    boolean opensDoors =
        Columns.constant(RegistrationStatus.class, row, "status") == RegistrationStatus.CONFIRMED;
    return new TicketOf(
        row.getObject("registration_id", UUID.class),
        new TicketView(
            row.getObject("id", UUID.class),
            row.getObject("ticket_type_id", UUID.class),
            row.getString("ticket_type_name"),
            new Attendee(row.getString("attendee_name"), row.getString("attendee_email")),
            Money.of(row.getLong("price_minor"), currency),
            Money.of(row.getLong("discount_minor"), currency),
            Money.of(row.getLong("total_minor"), currency),
            opensDoors ? row.getString("code") : null));
  }

  private static HistoryEntry historyEntry(ResultSet row, int number) throws SQLException {
    String from = row.getString("from_status");
    return new HistoryEntry(
        row.getObject("id", UUID.class),
        Columns.instant(row, "occurred_at"),
        from == null ? null : Columns.constant(RegistrationStatus.class, from),
        row.getString("trigger"),
        Columns.constant(RegistrationStatus.class, row, "to_status"),
        row.getObject("payment_id", UUID.class));
  }
}
