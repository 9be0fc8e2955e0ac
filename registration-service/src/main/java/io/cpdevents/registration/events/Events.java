package io.cpdevents.registration.events;

import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.KeysetPage;
import io.cpdevents.platform.sql.Parameters;
import io.cpdevents.platform.web.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about events, except for taking their places. */
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

  /**
   * Saves a new event.
   *
   * @return false when the same request has come before and saved it
   */
  boolean insert(Event event) {
    EventTerms terms = event.terms();
    int inserted =
        jdbc.sql(
                """
                INSERT INTO event (id, organization_id, status, version, title, mode, starts_at,
                    ends_at, latest_ends_at, time_zone, currency, capacity, per_account_limit,
                    venue, refund_policy, hold_limits, hold_minutes, offer_minutes, cpd_credits,
                    created_at)
                VALUES (:id, :organizationId, :status, :version, :title, :mode, :startsAt, :endsAt,
                    :latestEndsAt, :timeZone, :currency, :capacity, :perAccountLimit, :venue, :refundPolicy,
                    :holdLimits, :holdMinutes, :offerMinutes, :cpdCredits, :createdAt)
                ON CONFLICT (id) DO NOTHING
                """)
            .param("id", event.id())
            .param("organizationId", event.organizationId())
            .param("status", Parameters.constant(event.status()))
            .param("version", event.version())
            .param("title", terms.title())
            .param("mode", Parameters.constant(terms.mode()))
            .param("startsAt", Parameters.instant(terms.startsAt()))
            .param("endsAt", Parameters.instant(terms.endsAt()))
            .param("latestEndsAt", Parameters.instant(event.latestEndsAt()))
            .param("timeZone", terms.timeZone())
            .param("currency", Parameters.currency(event.currency()))
            .param("capacity", terms.capacity())
            .param("perAccountLimit", Parameters.integer(terms.perAccountLimit()))
            .param("venue", Parameters.text(terms.venue()))
            .param("refundPolicy", Parameters.json(terms.policy()))
            .param("holdLimits", Parameters.json(terms.limitsOfHolds()))
            .param("holdMinutes", terms.minutesOfHolds())
            .param("offerMinutes", terms.minutesOfOffers())
            .param("cpdCredits", Parameters.numeric(terms.cpdCredits()))
            .param("createdAt", Parameters.instant(event.createdAt()))
            .update();
    if (inserted == 1) {
      replaceTexts(event);
    }
    return inserted == 1;
  }

  /**
   * The event, locked until the transaction ends: nobody else changes it or takes its places. It is
   * locked before its ticket types.
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

  /**
   * Saves a locked event.
   *
   * @return false when more places are taken than it would have
   */
  boolean update(Event event) {
    EventTerms terms = event.terms();
    int updated =
        jdbc.sql(
                """
                UPDATE event
                SET status = :status, version = :version, title = :title, mode = :mode,
                    starts_at = :startsAt, ends_at = :endsAt, latest_ends_at = :latestEndsAt,
                    time_zone = :timeZone,
                    capacity = :capacity, per_account_limit = :perAccountLimit, venue = :venue,
                    refund_policy = :refundPolicy, hold_limits = :holdLimits,
                    hold_minutes = :holdMinutes, offer_minutes = :offerMinutes,
                    cpd_credits = :cpdCredits,
                    published_at = :publishedAt, cancelled_at = :cancelledAt
                WHERE id = :id AND taken <= :capacity
                """)
            .param("id", event.id())
            .param("status", Parameters.constant(event.status()))
            .param("version", event.version())
            .param("title", terms.title())
            .param("mode", Parameters.constant(terms.mode()))
            .param("startsAt", Parameters.instant(terms.startsAt()))
            .param("endsAt", Parameters.instant(terms.endsAt()))
            .param("latestEndsAt", Parameters.instant(event.latestEndsAt()))
            .param("timeZone", terms.timeZone())
            .param("capacity", terms.capacity())
            .param("perAccountLimit", Parameters.integer(terms.perAccountLimit()))
            .param("venue", Parameters.text(terms.venue()))
            .param("refundPolicy", Parameters.json(terms.policy()))
            .param("holdLimits", Parameters.json(terms.limitsOfHolds()))
            .param("holdMinutes", terms.minutesOfHolds())
            .param("offerMinutes", terms.minutesOfOffers())
            .param("cpdCredits", Parameters.numeric(terms.cpdCredits()))
            .param("publishedAt", Parameters.instant(event.publishedAt()))
            .param("cancelledAt", Parameters.instant(event.cancelledAt()))
            .update();
    return updated == 1;
  }

  /** Saves an event's description and the words by which it is found. */
  void replaceTexts(Event event) {
    EventTerms terms = event.terms();
    replaceDescription(event.id(), terms.description());
    String searched = terms.venue() == null ? terms.title() : terms.title() + " " + terms.venue();
    jdbc.sql(
            """
            INSERT INTO event_search (event_id, words)
            VALUES (:eventId, array_to_tsvector(cast(:words AS text[])))
            ON CONFLICT (event_id) DO UPDATE SET words = excluded.words
            """)
        .param("eventId", event.id())
        .param("words", Parameters.texts(SearchWords.of(searched), Function.identity()))
        .update();
  }

  private void replaceDescription(UUID eventId, @Nullable String description) {
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

  /** Whether anybody has ever registered for a locked event, whatever became of it. */
  boolean hasRegistrations(UUID eventId) {
    return jdbc.sql("SELECT EXISTS (SELECT FROM registration WHERE event_id = :eventId)")
        .param("eventId", eventId)
        .query(Boolean.class)
        .single();
  }

  /** Whether somebody has a place at it. */
  boolean isAwaited(UUID eventId) {
    return jdbc.sql(
            """
            SELECT EXISTS (
                SELECT FROM registration
                WHERE event_id = :eventId AND status IN ('held', 'confirmed'))
            """)
        .param("eventId", eventId)
        .query(Boolean.class)
        .single();
  }

  /**
   * Counts anew how many registrations each account has for a locked event; counts are kept only
   * while the event limits them.
   */
  void recountAccounts(UUID eventId, boolean limited) {
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

  /** The events of an organization, newest first; one more than the page has. */
  List<Counted> ofOrganization(UUID organizationId, PageRequest request) {
    KeysetPage page = KeysetPage.descending("e.created_at", "e.id", request);
    return jdbc.sql(
            SELECT
                + "WHERE e.organization_id = :organizationId"
                + page.condition()
                + page.orderAndLimit())
        .param("organizationId", organizationId)
        .params(page.parameters())
        .query(Events::counted)
        .list();
  }

  /**
   * Published events that are not over, the soonest to end first; one more than the page has.
   *
   * @param query a tsquery made by {@link SearchWords}; null: every event
   */
  List<Counted> onSale(
      @Nullable String query, EventFilter filter, Instant now, PageRequest request) {
    KeysetPage page = KeysetPage.ascending("e.ends_at", "e.id", request);
    String search =
        query == null
            ? ""
            : """
             AND e.id IN (
                SELECT event_id FROM event_search WHERE words @@ cast(:query AS tsquery))
            """;
    return jdbc.sql(
            SELECT
                + "WHERE e.status = 'published' AND e.ends_at > :now"
                + search
                + filter.condition()
                + page.condition()
                + page.orderAndLimit())
        .param("now", Parameters.instant(now))
        .param("query", Parameters.text(query))
        .params(filter.parameters())
        .params(page.parameters())
        .query(Events::counted)
        .list();
  }

  private static Counted counted(ResultSet row, int number) throws SQLException {
    return new Counted(event(row), row.getInt("taken"));
  }

  private static Event event(ResultSet row) throws SQLException {
    return new Event(
        Columns.uuid(row, "id"),
        Columns.uuid(row, "organization_id"),
        Columns.constant(EventStatus.class, row, "status"),
        row.getLong("version"),
        Columns.currency(row, "currency"),
        new EventTerms(
            row.getString("title"),
            row.getString("description"),
            Columns.constant(EventMode.class, row, "mode"),
            Columns.instant(row, "starts_at"),
            Columns.instant(row, "ends_at"),
            row.getString("time_zone"),
            row.getInt("capacity"),
            Columns.integerOrNull(row, "per_account_limit"),
            row.getString("venue"),
            Columns.json(RefundPolicy.class, row, "refund_policy"),
            Columns.json(HoldLimits.class, row, "hold_limits"),
            row.getInt("hold_minutes"),
            row.getInt("offer_minutes"),
            row.getBigDecimal("cpd_credits")),
        Columns.instant(row, "latest_ends_at"),
        Columns.instant(row, "created_at"),
        Columns.instantOrNull(row, "published_at"),
        Columns.instantOrNull(row, "cancelled_at"));
  }
}
