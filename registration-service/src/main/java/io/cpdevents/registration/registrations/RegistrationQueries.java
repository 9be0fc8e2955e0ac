package io.cpdevents.registration.registrations;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.cpdevents.contracts.registration.CancellationCause;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.security.PlatformRole;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.KeysetPage;
import io.cpdevents.platform.sql.Parameters;
import io.cpdevents.platform.text.Reference;
import io.cpdevents.platform.web.Cursor;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import io.cpdevents.registration.RegistrationProblem;
import io.cpdevents.registration.events.RefundPolicy;
import io.cpdevents.registration.questions.Answer;
import io.cpdevents.registration.questions.AnswerQueries;
import io.cpdevents.registration.registrations.RegistrationView.TicketView;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What people can read about registrations. */
@Component
public class RegistrationQueries {

  private static final String SELECT =
      """
      SELECT r.*, e.title, e.mode, e.starts_at, e.ends_at, e.time_zone, e.venue,
          (SELECT c.code FROM promo_code c WHERE c.id = r.promo_code_id) AS promo_code
      FROM registration r JOIN event e ON e.id = r.event_id
      """;

  private final JdbcClient jdbc;
  private final AnswerQueries answerQueries;
  private final RegistrationSettings settings;

  RegistrationQueries(JdbcClient jdbc, AnswerQueries answerQueries, RegistrationSettings settings) {
    this.jdbc = jdbc;
    this.answerQueries = answerQueries;
    this.settings = settings;
  }

  /**
   * Whose a registration is.
   *
   * @param paymentExpected false of a free one
   */
  public record Owner(UUID accountId, boolean paymentExpected) {}

  private record TicketRow(UUID registrationId, TicketView ticket) {}

  /**
   * A registration, for its buyer, a member of the event's organization, or the platform's support.
   *
   * @throws RuleViolation {@code registration-not-found}
   */
  public RegistrationView get(UUID id, Caller caller) {
    return find(id)
        .filter(found -> mayRead(found, caller))
        .orElseThrow(() -> RegistrationProblem.REGISTRATION_NOT_FOUND.violation());
  }

  /**
   * A registration as it was at a time, by its history and the times of its tickets' cancellations,
   * for those who may read it. No codes are shown, and no ticket as disputed; prices, attendees and
   * the end of the hold are those of now.
   *
   * @throws RuleViolation {@code registration-not-found}, also when it was not there yet
   */
  public RegistrationView getAsOf(UUID id, Instant asOf, Caller caller) {
    RegistrationView now = get(id, caller);
    List<UUID> cancelledTickets =
        jdbc.sql("SELECT id FROM ticket WHERE registration_id = :id AND cancelled_at <= :asOf")
            .param("id", id)
            .param("asOf", Parameters.instant(asOf))
            .query((row, _) -> Columns.uuid(row, "id"))
            .list();
    return jdbc.sql(
            """
            SELECT * FROM registration_history WHERE registration_id = :id AND occurred_at <= :asOf
            ORDER BY occurred_at DESC, id DESC LIMIT 1
            """)
        .param("id", id)
        .param("asOf", Parameters.instant(asOf))
        .query(RegistrationQueries::historyEntry)
        .optional()
        .map(last -> now.asOf(asOf, last.to(), cancelledTickets))
        .orElseThrow(() -> RegistrationProblem.REGISTRATION_NOT_FOUND.violation());
  }

  /** A registration, whoever asks. */
  public Optional<RegistrationView> find(UUID id) {
    return withTickets(read(List.of(id)), settings.disputedTicketsAreInvalid()).stream()
        .findFirst();
  }

  /** The account that has made a registration. */
  public Optional<Owner> findOwner(UUID id) {
    return jdbc.sql("SELECT account_id, total_minor > 0 AS costs FROM registration WHERE id = :id")
        .param("id", id)
        .query((row, _) -> new Owner(Columns.uuid(row, "account_id"), row.getBoolean("costs")))
        .optional();
  }

  /**
   * Those of these registrations that exist, for mails, in no order. Tickets have their codes even
   * while their payment is disputed: a mail is sent once, and its codes must open the door when the
   * dispute has been won. Until then the check at the door refuses them.
   */
  public List<RegistrationView> findForMails(List<UUID> ids) {
    return withTickets(read(ids), false);
  }

  private List<RegistrationView> read(List<UUID> ids) {
    return jdbc.sql(SELECT + "WHERE r.id = ANY (cast(:ids AS uuid[]))")
        .param("ids", Parameters.uuids(ids, Function.identity()))
        .query(RegistrationQueries::withoutTickets)
        .list();
  }

  /** The caller's own registrations, newest first. */
  public Page<RegistrationView> ofCaller(Caller caller, PageRequest page) {
    return newestFirst("r.account_id", caller.accountId(), RegistrationFilter.NONE, page);
  }

  /**
   * The registrations for an event that a filter leaves, newest first, for members of its
   * organization and the platform's support.
   *
   * @throws RuleViolation {@code event-not-found}
   */
  public Page<RegistrationView> ofEvent(
      UUID eventId, RegistrationFilter filter, Caller caller, PageRequest page) {
    requireReader(eventId, caller);
    return newestFirst("r.event_id", eventId, filter, page);
  }

  /** Reads the same, all of it, a few at a time, for somebody who may. */
  public void read(UUID eventId, RegistrationFilter filter, Consumer<RegistrationView> reader) {
    Optional<Cursor> after = Optional.empty();
    do {
      Page<RegistrationView> page =
          newestFirst(
              "r.event_id", eventId, filter, new PageRequest(PageRequest.MAX_PAGE_ROWS, after));
      page.data().forEach(reader);
      after =
          page.next() == null
              ? Optional.empty()
              : Optional.of(
                  new Cursor(page.data().getLast().createdAt(), page.data().getLast().id()));
    } while (after.isPresent());
  }

  /**
   * Asks that somebody may read the registrations for an event.
   *
   * @throws RuleViolation {@code event-not-found}
   */
  public void requireReader(UUID eventId, Caller caller) {
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
  }

  /**
   * What has happened to a registration, oldest first, for those who may read it.
   *
   * @throws RuleViolation {@code registration-not-found}
   */
  public Page<HistoryEntry> history(UUID id, Caller caller, PageRequest request) {
    get(id, caller);
    KeysetPage page = KeysetPage.ascending("occurred_at", "id", request);
    List<HistoryEntry> entries =
        jdbc.sql(
                "SELECT * FROM registration_history WHERE registration_id = :registrationId"
                    + page.condition()
                    + page.orderAndLimit())
            .param("registrationId", id)
            .params(page.parameters())
            .query(RegistrationQueries::historyEntry)
            .list();
    return Page.of(entries, request, entry -> new Cursor(entry.occurredAt(), entry.id()));
  }

  private Page<RegistrationView> newestFirst(
      String column, UUID value, RegistrationFilter filter, PageRequest request) {
    KeysetPage page = KeysetPage.descending("r.created_at", "r.id", request);
    List<RegistrationView> registrations =
        jdbc.sql(
                SELECT
                    + "WHERE %s = :value".formatted(column)
                    + filter.condition()
                    + page.condition()
                    + page.orderAndLimit())
            .param("value", value)
            .params(filter.parameters())
            .params(page.parameters())
            .query(RegistrationQueries::withoutTickets)
            .list();
    return Page.of(
        withTickets(registrations, settings.disputedTicketsAreInvalid()),
        request,
        view -> new Cursor(view.createdAt(), view.id()));
  }

  private List<RegistrationView> withTickets(
      List<RegistrationView> registrations, boolean disputedAreInvalid) {
    if (registrations.isEmpty()) {
      return List.of();
    }
    Map<UUID, List<TicketView>> tickets =
        jdbc
            .sql(
                """
                SELECT k.*, r.currency, r.status AS registration_status,
                    :disputedAreInvalid AND EXISTS (
                        SELECT FROM dispute d
                        WHERE d.payment_id = r.payment_id AND d.whole_payment
                          AND d.status IN ('open', 'lost')) AS disputed
                FROM ticket k JOIN registration r ON r.id = k.registration_id
                WHERE k.registration_id = ANY (cast(:ids AS uuid[]))
                ORDER BY k.registration_id, k.position
                """)
            .param("ids", Parameters.uuids(registrations, RegistrationView::id))
            .param("disputedAreInvalid", disputedAreInvalid)
            .query(RegistrationQueries::ticket)
            .list()
            .stream()
            .collect(groupingBy(TicketRow::registrationId, mapping(TicketRow::ticket, toList())));
    Map<UUID, List<Answer>> answers =
        answerQueries.of(registrations.stream().map(RegistrationView::id).toList());
    return registrations.stream()
        .map(each ->
            each.withTickets(tickets.getOrDefault(each.id(), List.of()))
                .withAnswers(answers.getOrDefault(each.id(), List.of())))
        .toList();
  }

  private static boolean mayRead(RegistrationView registration, Caller caller) {
    return registration.accountId().equals(caller.accountId())
        || caller.has(PlatformRole.PLATFORM_SUPPORT)
        || caller.roleIn(registration.event().organizationId()) != null;
  }

  private static RegistrationView withoutTickets(ResultSet row, int number) throws SQLException {
    UUID id = Columns.uuid(row, "id");
    return new RegistrationView(
        id,
        Reference.of(id),
        Columns.constant(RegistrationStatus.class, row, "status"),
        EventsOnSale.eventSummary(row, "event_id"),
        Columns.uuid(row, "account_id"),
        Columns.money(row, "price_minor"),
        Columns.money(row, "discount_minor"),
        Columns.money(row, "total_minor"),
        List.of(),
        row.getString("promo_code"),
        Columns.json(RefundPolicy.class, row, "refund_policy"),
        Columns.uuidOrNull(row, "payment_id"),
        Columns.instant(row, "created_at"),
        Columns.instantOrNull(row, "hold_expires_at"),
        Columns.instantOrNull(row, "confirmed_at"),
        Columns.instantOrNull(row, "expired_at"),
        Columns.instantOrNull(row, "cancelled_at"),
        List.of());
  }

  private static TicketRow ticket(ResultSet row, int number) throws SQLException {
    RegistrationStatus registration =
        Columns.constant(RegistrationStatus.class, row, "registration_status");
    TicketStatus status = ticketStatus(row);
    boolean letsIn = registration.opensDoors() && status == TicketStatus.VALID;
    return new TicketRow(
        Columns.uuid(row, "registration_id"),
        new TicketView(
            Columns.uuid(row, "id"),
            Columns.uuid(row, "ticket_type_id"),
            row.getString("ticket_type_name"),
            new Attendee(row.getString("attendee_name"), row.getString("attendee_email")),
            Columns.money(row, "price_minor"),
            Columns.money(row, "discount_minor"),
            Columns.money(row, "total_minor"),
            status,
            status == TicketStatus.CANCELLED ? Columns.money(row, "refund_minor") : null,
            letsIn ? row.getString("code") : null));
  }

  private static TicketStatus ticketStatus(ResultSet row) throws SQLException {
    TicketStatus status = Columns.constant(TicketStatus.class, row, "status");
    return status == TicketStatus.VALID && row.getBoolean("disputed")
        ? TicketStatus.DISPUTED
        : status;
  }

  private static HistoryEntry historyEntry(ResultSet row, int number) throws SQLException {
    return new HistoryEntry(
        Columns.uuid(row, "id"),
        Columns.instant(row, "occurred_at"),
        Columns.constantOrNull(RegistrationStatus.class, row, "from_status"),
        Columns.constant(HistoryEntry.Trigger.class, row, "trigger"),
        Columns.constant(RegistrationStatus.class, row, "to_status"),
        Columns.uuidOrNull(row, "payment_id"),
        Columns.constantOrNull(CancellationCause.class, row, "cause"),
        row.getString("reason"));
  }
}
