package io.cpdevents.registration.waitlist;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.security.PlatformRole;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.KeysetPage;
import io.cpdevents.platform.sql.Parameters;
import io.cpdevents.platform.web.Cursor;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import io.cpdevents.registration.RegistrationProblem;
import io.cpdevents.registration.registrations.TicketQuantity;
import io.cpdevents.registration.waitlist.WaitlistPositions.Step;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What people can read about those who wait. */
@Component
public class WaitlistQueries {

  /** Of the whole list, from the time on when the entry joined. */
  private static final int MAX_READ_STEPS = 5_000;

  private static final int MAX_SHOWN_CHANGES = 200;

  private static final String SELECT =
      """
      SELECT w.*, CASE WHEN w.status = 'waiting' THEN (
              SELECT cast(count(*) + 1 AS integer) FROM waitlist_entry o
              WHERE o.event_id = w.event_id AND o.status = 'waiting' AND o.rank < w.rank)
          END AS position
      FROM waitlist_entry w
      """;

  private record Found(WaitlistEntryView view, UUID organizationId) {}

  private record TicketRow(UUID entryId, TicketQuantity ticket, WaitlistContent.Tickets named) {}

  private final JdbcClient jdbc;

  WaitlistQueries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * An entry, for whoever waits, a member of the event's organization, or the platform's support.
   *
   * @throws RuleViolation {@code waitlist-entry-not-found}
   */
  public WaitlistEntryView get(UUID id, Caller caller) {
    Found found =
        jdbc.sql(SELECT + "WHERE w.id = :id")
            .param("id", id)
            .query(WaitlistQueries::found)
            .optional()
            .filter(each -> mayRead(each, caller))
            .orElseThrow(() -> RegistrationProblem.WAITLIST_ENTRY_NOT_FOUND.violation());
    List<WaitlistChange> history = WaitlistPositions.of(id, steps(id));
    return withTickets(List.of(found.view()))
        .getFirst()
        .withHistory(
            history.subList(Math.max(0, history.size() - MAX_SHOWN_CHANGES), history.size()));
  }

  /**
   * Those who wait for an event or have, in the order in which they joined, for members of its
   * organization and the platform's support.
   *
   * @param status null: in any
   * @throws RuleViolation {@code event-not-found}
   */
  public Page<WaitlistEntryView> ofEvent(
      UUID eventId, @Nullable WaitlistStatus status, Caller caller, PageRequest request) {
    UUID organizationId =
        jdbc.sql("SELECT organization_id FROM event WHERE id = :eventId")
            .param("eventId", eventId)
            .query(UUID.class)
            .optional()
            .orElseThrow(() -> RegistrationProblem.EVENT_NOT_FOUND.violation());
    if (!caller.has(PlatformRole.PLATFORM_SUPPORT)) {
      caller.requireRole(
          organizationId,
          RegistrationProblem.EVENT_NOT_FOUND,
          OrganizationRole.ADMIN,
          OrganizationRole.FINANCE,
          OrganizationRole.STAFF);
    }
    KeysetPage page = KeysetPage.ascending("w.joined_at", "w.id", request);
    List<WaitlistEntryView> views =
        jdbc
            .sql(
                SELECT
                    + """
                    WHERE w.event_id = :eventId
                      AND (cast(:status AS text) IS NULL OR w.status = :status)
                    """
                    + page.condition()
                    + page.orderAndLimit())
            .param("eventId", eventId)
            .param("status", Parameters.constant(status))
            .params(page.parameters())
            .query(WaitlistQueries::found)
            .list()
            .stream()
            .map(Found::view)
            .toList();
    return Page.of(withTickets(views), request, entry -> new Cursor(entry.joinedAt(), entry.id()));
  }

  /** What mails show of those of these entries that exist, in no order. */
  public List<WaitlistContent> contents(List<UUID> ids) {
    Map<UUID, List<WaitlistContent.Tickets>> tickets =
        tickets(ids).stream()
            .collect(groupingBy(TicketRow::entryId, mapping(TicketRow::named, toList())));
    return jdbc
        .sql(
            """
            SELECT w.*, e.title, e.starts_at, e.ends_at, e.time_zone,
                CASE WHEN w.status = 'waiting' THEN (
                    SELECT cast(count(*) + 1 AS integer) FROM waitlist_entry o
                    WHERE o.event_id = w.event_id AND o.status = 'waiting' AND o.rank < w.rank)
                END AS position,
                (SELECT h.reason FROM waitlist_history h
                 WHERE h.entry_id = w.id AND h.trigger = 'moved'
                 ORDER BY h.number DESC LIMIT 1) AS move_reason
            FROM waitlist_entry w JOIN event e ON e.id = w.event_id
            WHERE w.id = ANY (cast(:ids AS uuid[]))
            """)
        .param("ids", Parameters.uuids(ids, Function.identity()))
        .query(WaitlistQueries::content)
        .list()
        .stream()
        .map(content -> content.withTickets(tickets.getOrDefault(content.entryId(), List.of())))
        .toList();
  }

  private List<Step> steps(UUID entryId) {
    return jdbc.sql(
            """
            SELECT h.* FROM waitlist_history h
                JOIN waitlist_entry w ON w.event_id = h.event_id
            WHERE w.id = :entryId AND h.number >= (
                SELECT min(number) FROM waitlist_history WHERE entry_id = :entryId)
            ORDER BY h.number LIMIT :limit
            """)
        .param("entryId", entryId)
        .param("limit", MAX_READ_STEPS)
        .query(WaitlistQueries::step)
        .list();
  }

  private List<TicketRow> tickets(List<UUID> entryIds) {
    return jdbc.sql(
            """
            SELECT k.*, t.name FROM waitlist_ticket k JOIN ticket_type t ON t.id = k.ticket_type_id
            WHERE k.entry_id = ANY (cast(:ids AS uuid[]))
            ORDER BY k.entry_id, t.created_at, t.id
            """)
        .param("ids", Parameters.uuids(entryIds, Function.identity()))
        .query(WaitlistQueries::ticket)
        .list();
  }

  private List<WaitlistEntryView> withTickets(List<WaitlistEntryView> views) {
    Map<UUID, List<TicketQuantity>> tickets =
        tickets(views.stream().map(WaitlistEntryView::id).toList()).stream()
            .collect(groupingBy(TicketRow::entryId, mapping(TicketRow::ticket, toList())));
    return views.stream()
        .map(view -> view.withTickets(tickets.getOrDefault(view.id(), List.of())))
        .toList();
  }

  private static boolean mayRead(Found found, Caller caller) {
    return found.view().accountId().equals(caller.accountId())
        || caller.has(PlatformRole.PLATFORM_SUPPORT)
        || caller.roleIn(found.organizationId()) != null;
  }

  private static Found found(ResultSet row, int number) throws SQLException {
    return new Found(
        new WaitlistEntryView(
            Columns.uuid(row, "id"),
            Columns.uuid(row, "event_id"),
            Columns.uuid(row, "account_id"),
            Columns.constant(WaitlistStatus.class, row, "status"),
            Columns.integerOrNull(row, "position"),
            List.of(),
            Columns.instant(row, "joined_at"),
            Columns.instantOrNull(row, "offer_expires_at"),
            Columns.uuidOrNull(row, "registration_id"),
            null),
        Columns.uuid(row, "organization_id"));
  }

  private static WaitlistContent content(ResultSet row, int number) throws SQLException {
    WaitlistStatus status = Columns.constant(WaitlistStatus.class, row, "status");
    return new WaitlistContent(
        Columns.uuid(row, "id"),
        Columns.uuid(row, "organization_id"),
        status,
        status == WaitlistStatus.OFFERED,
        row.getString("title"),
        Columns.instant(row, "starts_at"),
        Columns.instant(row, "ends_at"),
        row.getString("time_zone"),
        Columns.integerOrNull(row, "position"),
        Columns.instantOrNull(row, "offer_expires_at"),
        row.getString("move_reason"),
        List.of());
  }

  private static TicketRow ticket(ResultSet row, int number) throws SQLException {
    int quantity = row.getInt("quantity");
    return new TicketRow(
        Columns.uuid(row, "entry_id"),
        new TicketQuantity(Columns.uuid(row, "ticket_type_id"), quantity),
        new WaitlistContent.Tickets(row.getString("name"), quantity));
  }

  private static Step step(ResultSet row, int number) throws SQLException {
    return new Step(
        Columns.uuid(row, "entry_id"),
        Columns.instant(row, "occurred_at"),
        row.getString("trigger"),
        rankIfWaiting(row, "from_status", "from_rank"),
        rankIfWaiting(row, "to_status", "to_rank"),
        Columns.integerOrNull(row, "position"),
        row.getString("reason"));
  }

  private static @Nullable BigDecimal rankIfWaiting(ResultSet row, String status, String rank)
      throws SQLException {
    return Columns.constantOrNull(WaitlistStatus.class, row, status) == WaitlistStatus.WAITING
        ? row.getBigDecimal(rank)
        : null;
  }
}
