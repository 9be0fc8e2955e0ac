package io.cpdevents.registration.registrations;

import io.cpdevents.platform.sql.Parameters;
import io.cpdevents.registration.events.OffersPlaces;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Gives the places of registrations back and takes them again. Both lock the event first, and
 * whoever has locked it is alone with all counters of its places. Several events are locked in the
 * order of their ids, and then promo codes in the order of theirs, so that transactions cannot
 * deadlock.
 */
@Component
class Places {

  private final JdbcClient jdbc;
  private final OffersPlaces waitlist;

  Places(JdbcClient jdbc, OffersPlaces waitlist) {
    this.jdbc = jdbc;
    this.waitlist = waitlist;
  }

  /**
   * Takes all places of a locked registration which had given them back, under the same guards as
   * for a new one.
   *
   * @return false, with nothing taken, when too few places are left, the event is over, the account
   *     has as many registrations as it may have, or its promo code has no use left. Whether the
   *     code is still valid does not matter: the price was agreed on while it was
   */
  boolean takeAgain(Registration registration, Instant now) {
    jdbc.sql("SELECT id FROM event WHERE id = :eventId FOR NO KEY UPDATE")
        .param("eventId", registration.eventId())
        .query(UUID.class)
        .single();
    jdbc.sql(
            """
            SELECT u.promo_code_id
            FROM promo_code_use u JOIN registration r ON r.promo_code_id = u.promo_code_id
            WHERE r.id = :registrationId
            FOR NO KEY UPDATE OF u
            """)
        .param("registrationId", registration.id())
        .query(UUID.class)
        .list();
    return jdbc.sql(
            """
            WITH wanted AS (
                SELECT ticket_type_id, count(*) AS quantity
                FROM ticket WHERE registration_id = :registrationId
                GROUP BY ticket_type_id
            ), fits AS (
                SELECT e.id, e.per_account_limit, w.places
                FROM event e, (SELECT sum(quantity) AS places FROM wanted) w
                WHERE e.id = :eventId AND e.status = 'published' AND e.ends_at > :now
                  AND e.taken + w.places <= e.capacity
                  AND NOT EXISTS (
                      SELECT FROM wanted JOIN ticket_type t ON t.id = wanted.ticket_type_id
                      WHERE t.taken + wanted.quantity > t.quota)
                  AND NOT EXISTS (
                      SELECT FROM wanted
                          JOIN quota_ticket_type qt ON qt.ticket_type_id = wanted.ticket_type_id
                          JOIN quota q ON q.id = qt.quota_id
                      GROUP BY q.id HAVING q.taken + sum(wanted.quantity) > q.capacity)
                  AND NOT EXISTS (
                      SELECT FROM account_limit_use u
                      WHERE u.event_id = e.id AND u.account_id = :accountId
                        AND u.registrations >= e.per_account_limit)
                  AND NOT EXISTS (
                      SELECT FROM registration r
                          JOIN promo_code_use p ON p.promo_code_id = r.promo_code_id
                          LEFT JOIN promo_code_account_use a
                              ON a.promo_code_id = p.promo_code_id AND a.account_id = :accountId
                      WHERE r.id = :registrationId
                        AND (p.uses >= p.max_uses OR a.uses >= p.max_uses_per_account))
            ), event_taken AS (
                UPDATE event e SET taken = e.taken + fits.places
                FROM fits WHERE e.id = fits.id
                RETURNING e.id
            ), ticket_types_taken AS (
                UPDATE ticket_type t SET taken = t.taken + wanted.quantity
                FROM wanted, fits WHERE t.id = wanted.ticket_type_id
            ), quotas_taken AS (
                UPDATE quota q SET taken = q.taken + n.quantity
                FROM fits, (
                    SELECT qt.quota_id, sum(wanted.quantity) AS quantity
                    FROM wanted JOIN quota_ticket_type qt USING (ticket_type_id)
                    GROUP BY qt.quota_id) n
                WHERE q.id = n.quota_id
            ), account_counted AS (
                INSERT INTO account_limit_use AS u (event_id, account_id, registrations)
                SELECT fits.id, :accountId, 1 FROM fits WHERE fits.per_account_limit IS NOT NULL
                ON CONFLICT (event_id, account_id) DO UPDATE
                    SET registrations = u.registrations + 1
            ), promo_code AS (
                SELECT r.promo_code_id AS id FROM registration r, fits
                WHERE r.id = :registrationId AND r.promo_code_id IS NOT NULL
            ), promo_code_used AS (
                UPDATE promo_code_use u SET uses = u.uses + 1
                FROM promo_code p WHERE u.promo_code_id = p.id
            ), promo_code_account_counted AS (
                INSERT INTO promo_code_account_use AS u (promo_code_id, account_id, uses)
                SELECT p.id, :accountId, 1 FROM promo_code p
                ON CONFLICT (promo_code_id, account_id) DO UPDATE SET uses = u.uses + 1
            )
            SELECT EXISTS (SELECT FROM event_taken)
            """)
        .param("registrationId", registration.id())
        .param("eventId", registration.eventId())
        .param("accountId", registration.accountId())
        .param("now", Parameters.instant(now))
        .query(Boolean.class)
        .single();
  }

  /**
   * Gives back places of locked registrations, of one event or of several. What somebody waits for
   * is offered before anybody else sees it: the events stay locked until the transaction ends.
   */
  void giveBack(Collection<FreedPlaces> freed) {
    List<UUID> eventIds = freed.stream().map(FreedPlaces::eventId).distinct().toList();
    jdbc.sql(
            """
            SELECT id FROM event WHERE id = ANY (cast(:eventIds AS uuid[]))
            ORDER BY id
            FOR NO KEY UPDATE
            """)
        .param("eventIds", eventIds.toArray(UUID[]::new))
        .query(UUID.class)
        .list();
    List<Place> places = freed.stream().flatMap(Place::of).toList();
    List<FreedPlaces> whole = freed.stream().filter(FreedPlaces::wholeRegistration).toList();
    jdbc.sql(
            """
            WITH place AS (
                SELECT * FROM unnest(cast(:placeEventIds AS uuid[]), cast(:ticketTypeIds AS uuid[]))
                    AS p (event_id, ticket_type_id)
            ), of_events AS (
                UPDATE event e SET taken = e.taken - f.places
                FROM (SELECT event_id, count(*) AS places FROM place GROUP BY event_id) f
                WHERE e.id = f.event_id
            ), of_ticket_types AS (
                UPDATE ticket_type t SET taken = t.taken - f.places
                FROM (SELECT ticket_type_id, count(*) AS places FROM place GROUP BY ticket_type_id) f
                WHERE t.id = f.ticket_type_id
            ), of_quotas AS (
                UPDATE quota q SET taken = q.taken - f.places
                FROM (SELECT qt.quota_id, count(*) AS places
                      FROM place JOIN quota_ticket_type qt USING (ticket_type_id)
                      GROUP BY qt.quota_id) f
                WHERE q.id = f.quota_id
            ), promo_code AS (
                SELECT r.promo_code_id AS id, r.account_id, count(*) AS uses
                FROM registration r
                WHERE r.id = ANY (cast(:wholeIds AS uuid[])) AND r.promo_code_id IS NOT NULL
                GROUP BY r.promo_code_id, r.account_id
            ), locked AS MATERIALIZED (
                SELECT u.promo_code_id AS id FROM promo_code_use u
                WHERE u.promo_code_id IN (SELECT p.id FROM promo_code p)
                ORDER BY u.promo_code_id
                FOR NO KEY UPDATE
            ), of_promo_codes AS (
                UPDATE promo_code_use u SET uses = u.uses - f.uses
                FROM (SELECT p.id, sum(p.uses) AS uses FROM locked JOIN promo_code p USING (id)
                      GROUP BY p.id) f
                WHERE u.promo_code_id = f.id
            ), of_accounts AS (
                UPDATE promo_code_account_use u SET uses = u.uses - p.uses
                FROM locked JOIN promo_code p USING (id)
                WHERE u.promo_code_id = p.id AND u.account_id = p.account_id
            )
            UPDATE account_limit_use u SET registrations = u.registrations - f.registrations
            FROM (SELECT event_id, account_id, count(*) AS registrations
                  FROM unnest(cast(:wholeEventIds AS uuid[]), cast(:accountIds AS uuid[]))
                      AS r (event_id, account_id)
                  GROUP BY event_id, account_id) f
            WHERE u.event_id = f.event_id AND u.account_id = f.account_id
            """)
        .param("placeEventIds", Parameters.uuids(places, Place::eventId))
        .param("ticketTypeIds", Parameters.uuids(places, Place::ticketTypeId))
        .param("wholeIds", Parameters.uuids(whole, FreedPlaces::registrationId))
        .param("wholeEventIds", Parameters.uuids(whole, FreedPlaces::eventId))
        .param("accountIds", Parameters.uuids(whole, FreedPlaces::accountId))
        .update();
    waitlist.offerPlaces(eventIds);
  }

  private record Place(UUID eventId, UUID ticketTypeId) {

    static Stream<Place> of(FreedPlaces freed) {
      return freed.ticketTypeIds().stream().map(type -> new Place(freed.eventId(), type));
    }
  }
}
