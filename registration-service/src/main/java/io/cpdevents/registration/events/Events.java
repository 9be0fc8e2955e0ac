package io.cpdevents.registration.events;

import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.platform.web.Cursor;
import io.cpdevents.platform.web.PageRequest;
import io.cpdevents.registration.sql.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about events, but for taking their places. */
@Component
class Events {

  /** An event with the number of its places that are held or confirmed. */
  record Counted(Event event, int taken) {}

  private static final String SELECT =
      """
      SELECT e.*, d.description
      FROM event e LEFT JOIN event_description d ON d.event_id = e.id
      """;

  private final JdbcClient jdbc;

  Events(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Saves a new event; nothing happens when a repeat of the request has saved it before. */
  boolean insert(Event event) {
    EventTerms terms = event.terms();
    int inserted =
        jdbc.sql(
                """
                INSERT INTO event (id, organization_id, status, version, title, mode, starts_at,
                    ends_at, time_zone, currency, capacity, per_account_limit, venue, refund_policy,
                    cpd_credits, created_at)
                VALUES (:id, :organizationId, :status, :version, :title, :mode, :startsAt, :endsAt,
                    :timeZone, :currency, :capacity, :perAccountLimit, :venue,
                    cast(:refundPolicy AS jsonb), :cpdCredits, :createdAt)
                ON CONFLICT (id) DO NOTHING
                """)
            .param("id", event.id())
            .param("organizationId", event.organizationId())
            .param("status", ContractsJson.kebabCase(event.status()))
            .param("version", event.version())
            .param("title", terms.title())
            .param("mode", ContractsJson.kebabCase(terms.mode()))
            .param("startsAt", Columns.utc(terms.startsAt()))
            .param("endsAt", Columns.utc(terms.endsAt()))
            .param("timeZone", terms.timeZone())
            .param("currency", event.currency().getCurrencyCode())
            .param("capacity", terms.capacity())
            .param("perAccountLimit", terms.perAccountLimit(), Types.INTEGER)
            .param("venue", terms.venue(), Types.VARCHAR)
            .param("refundPolicy", policyJson(terms))
            .param("cpdCredits", terms.cpdCredits(), Types.NUMERIC)
            .param("createdAt", Columns.utc(event.createdAt()))
            .update();
    if (inserted == 1) {
      replaceDescription(event.id(), terms.description());
    }
    return inserted == 1;
  }

  /**
   * The event, locked against changes and against taking its places until the transaction ends.
   * Lock it before its ticket types.
   */
  Optional<Event> lock(UUID id) {
    return jdbc.sql(SELECT + "WHERE e.id = :id FOR NO KEY UPDATE OF e")
        .param("id", id)
        .query((row, _) -> event(row))
        .optional();
  }

  Optional<Counted> find(UUID id) {
    return jdbc.sql(SELECT + "WHERE e.id = :id").param("id", id).query(Events::counted).optional();
  }

  /** Saves a locked event; false when more places are taken than it is to have. */
  boolean update(Event event) {
    EventTerms terms = event.terms();
    int updated =
        jdbc.sql(
                """
                UPDATE event
                SET status = :status, version = :version, title = :title, mode = :mode,
                    starts_at = :startsAt, ends_at = :endsAt, time_zone = :timeZone,
                    capacity = :capacity, per_account_limit = :perAccountLimit, venue = :venue,
                    refund_policy = cast(:refundPolicy AS jsonb), cpd_credits = :cpdCredits,
                    published_at = :publishedAt
                WHERE id = :id AND taken <= :capacity
                """)
            .param("id", event.id())
            .param("status", ContractsJson.kebabCase(event.status()))
            .param("version", event.version())
            .param("title", terms.title())
            .param("mode", ContractsJson.kebabCase(terms.mode()))
            .param("startsAt", Columns.utc(terms.startsAt()))
            .param("endsAt", Columns.utc(terms.endsAt()))
            .param("timeZone", terms.timeZone())
            .param("capacity", terms.capacity())
            .param("perAccountLimit", terms.perAccountLimit(), Types.INTEGER)
            .param("venue", terms.venue(), Types.VARCHAR)
            .param("refundPolicy", policyJson(terms))
            .param("cpdCredits", terms.cpdCredits(), Types.NUMERIC)
            .param(
                "publishedAt",
                Columns.utcOrNull(event.publishedAt()),
                Types.TIMESTAMP_WITH_TIMEZONE)
            .update();
    return updated == 1;
  }

  /** Stores what is shown as the event's description; null removes it. */
  void replaceDescription(UUID eventId, @Nullable String description) {
    if (description == null) {
      jdbc.sql("DELETE FROM event_description WHERE event_id = :eventId")
          .param("eventId", eventId)
          .update();
      return;
    }
    jdbc.sql(
            """
            INSERT INTO event_description (event_id, description) VALUES (:eventId, :description)
            ON CONFLICT (event_id) DO UPDATE SET description = excluded.description
            """)
        .param("eventId", eventId)
        .param("description", description)
        .update();
  }

  /** Counts what each account has of a locked event that gets a limit, or stops counting. */
  void countAccounts(UUID eventId, boolean limited) {
    jdbc.sql("DELETE FROM account_limit_use WHERE event_id = :eventId")
        .param("eventId", eventId)
        .update();
    if (!limited) {
      return;
    }
    jdbc.sql(
            """
            INSERT INTO account_limit_use (event_id, account_id, registrations)
            SELECT event_id, account_id, count(*)
            FROM registration
            WHERE event_id = :eventId AND status IN ('held', 'confirmed')
            GROUP BY event_id, account_id
            """)
        .param("eventId", eventId)
        .update();
  }

  /** The events of an organization, newest first; one more than the page shows. */
  List<Counted> ofOrganization(UUID organizationId, PageRequest page) {
    Optional<Cursor> after = page.after();
    return jdbc.sql(
            SELECT
                + """
                WHERE e.organization_id = :organizationId
                """
                + (after.isPresent() ? "AND (e.created_at, e.id) < (:afterAt, :afterId)\n" : "")
                + """
                ORDER BY e.created_at DESC, e.id DESC
                LIMIT :limit
                """)
        .param("organizationId", organizationId)
        .param("afterAt", Columns.afterAt(after), Types.TIMESTAMP_WITH_TIMEZONE)
        .param("afterId", Columns.afterId(after), Types.OTHER)
        .param("limit", page.rowsToFetch())
        .query(Events::counted)
        .list();
  }

  /**
   * What everybody can register for, the soonest to end first; one more than the page shows.
   *
   * @param words a tsquery made by {@link SearchWords}; null: every event
   */
  List<Counted> onOffer(@Nullable String words, Instant now, PageRequest page) {
    Optional<Cursor> after = page.after();
    return jdbc.sql(
            SELECT
                + """
                WHERE e.status = 'published' AND e.ends_at > :now
                """
                + (after.isPresent() ? "AND (e.ends_at, e.id) > (:afterAt, :afterId)\n" : "")
                + (words != null
                    ? """
                    AND to_tsvector('simple', e.title || ' ' || coalesce(e.venue, ''))
                        @@ to_tsquery('simple', :words)
                    """
                    : "")
                + """
                ORDER BY e.ends_at, e.id
                LIMIT :limit
                """)
        .param("now", Columns.utc(now))
        .param("afterAt", Columns.afterAt(after), Types.TIMESTAMP_WITH_TIMEZONE)
        .param("afterId", Columns.afterId(after), Types.OTHER)
        .param("words", words, Types.VARCHAR)
        .param("limit", page.rowsToFetch())
        .query(Events::counted)
        .list();
  }

  private static String policyJson(EventTerms terms) {
    return ContractsJson.mapper().writeValueAsString(terms.policy());
  }

  private static Counted counted(ResultSet row, int number) throws SQLException {
    return new Counted(event(row), row.getInt("taken"));
  }

  private static Event event(ResultSet row) throws SQLException {
    return new Event(
        row.getObject("id", UUID.class),
        row.getObject("organization_id", UUID.class),
        Columns.constant(EventStatus.class, row, "status"),
        row.getLong("version"),
        Currency.getInstance(row.getString("currency")),
        new EventTerms(
            row.getString("title"),
            row.getString("description"),
            Columns.constant(EventMode.class, row, "mode"),
            Columns.instant(row, "starts_at"),
            Columns.instant(row, "ends_at"),
            row.getString("time_zone"),
            row.getInt("capacity"),
            row.getObject("per_account_limit", Integer.class),
            row.getString("venue"),
            ContractsJson.mapper().readValue(row.getString("refund_policy"), RefundPolicy.class),
            row.getBigDecimal("cpd_credits")),
        Columns.instant(row, "created_at"),
        Columns.instantOrNull(row, "published_at"));
  }
}
