package io.cpdevents.registration;

import io.cpdevents.platform.sql.Parameters;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Counts anew, from the rows of registrations, tickets and offers, what every counter of places and
 * uses says, and names each that differs or is above its limit, and every registration that has
 * what it may not have.
 */
public final class PlaceBooks {

  /** One row for each place that is held, confirmed or offered. */
  private static final String PLACES =
      """
      WITH own AS (
          SELECT * FROM event WHERE id = ANY (cast(:eventIds AS uuid[]))
      ), live AS (
          SELECT r.* FROM registration r JOIN own e ON e.id = r.event_id
          WHERE r.status IN ('held', 'confirmed')
      ), place AS (
          SELECT r.event_id, k.ticket_type_id
          FROM live r JOIN ticket k ON k.registration_id = r.id WHERE k.status = 'valid'
          UNION ALL
          SELECT n.event_id, w.ticket_type_id
          FROM waitlist_entry n
              JOIN own e ON e.id = n.event_id
              JOIN waitlist_ticket w ON w.entry_id = n.id
              CROSS JOIN generate_series(1, w.quantity)
          WHERE n.status = 'offered'
      ), code AS (
          SELECT c.id FROM promo_code c
          WHERE c.organization_id IN (SELECT e.organization_id FROM own e)
      ), claim AS (
          SELECT r.promo_code_id, r.account_id FROM registration r JOIN code c ON c.id = r.promo_code_id
          WHERE r.status IN ('held', 'confirmed')
      )
      """;

  private static final String OF_EVENTS =
      """
      SELECT format('event %s counts %s places, and %s are taken of %s', c.id, c.taken, c.places,
          c.capacity)
      FROM (SELECT e.*, (SELECT count(*) FROM place p WHERE p.event_id = e.id) AS places
            FROM own e) c
      WHERE c.taken <> c.places OR c.places > c.capacity
      UNION ALL
      SELECT format('ticket type %s counts %s places, and %s are taken of %s', c.id, c.taken,
          c.places, c.quota)
      FROM (SELECT t.*, (SELECT count(*) FROM place p WHERE p.ticket_type_id = t.id) AS places
            FROM ticket_type t JOIN own e ON e.id = t.event_id) c
      WHERE c.taken <> c.places OR c.places > c.quota
      UNION ALL
      SELECT format('quota %s counts %s places, and %s are taken of %s', c.id, c.taken, c.places,
          c.capacity)
      FROM (SELECT q.*, (SELECT count(*) FROM place p
                             JOIN quota_ticket_type s ON s.ticket_type_id = p.ticket_type_id
                         WHERE s.quota_id = q.id) AS places
            FROM quota q JOIN own e ON e.id = q.event_id) c
      WHERE c.taken <> c.places OR c.places > c.capacity
      UNION ALL
      SELECT format('account %s counts %s registrations for event %s, and has %s',
          coalesce(u.account_id, r.account_id), u.registrations,
          coalesce(u.event_id, r.event_id), coalesce(r.registrations, 0))
      FROM (SELECT l.event_id, l.account_id, count(*) AS registrations
            FROM live l JOIN own e ON e.id = l.event_id WHERE e.per_account_limit IS NOT NULL
            GROUP BY l.event_id, l.account_id) r
          FULL JOIN (SELECT a.* FROM account_limit_use a JOIN own e ON e.id = a.event_id) u
              ON u.event_id = r.event_id AND u.account_id = r.account_id
      WHERE coalesce(u.registrations, 0) <> coalesce(r.registrations, 0)
      """;

  private static final String OF_CODES =
      """
      SELECT format('promo code %s counts %s uses, and %s registrations have it',
          c.promo_code_id, c.uses, c.claims)
      FROM (SELECT u.*, (SELECT count(*) FROM claim l WHERE l.promo_code_id = u.promo_code_id)
                AS claims
            FROM promo_code_use u JOIN code ON code.id = u.promo_code_id) c
      WHERE c.uses <> c.claims
      UNION ALL
      SELECT format('promo code %s counts %s uses of account %s, which has %s', c.promo_code_id,
          c.uses, c.account_id, c.claims)
      FROM (SELECT u.*, (SELECT count(*) FROM claim l WHERE l.promo_code_id = u.promo_code_id
                             AND l.account_id = u.account_id) AS claims
            FROM promo_code_account_use u JOIN code ON code.id = u.promo_code_id) c
      WHERE c.uses <> c.claims
      UNION ALL
      SELECT format('promo code %s does not count account %s', l.promo_code_id, l.account_id)
      FROM claim l LEFT JOIN promo_code_account_use u
          ON u.promo_code_id = l.promo_code_id AND u.account_id = l.account_id
      WHERE u.account_id IS NULL
      """;

  private static final String OF_REGISTRATIONS =
      """
      SELECT format('registration %s is %s and has no place', r.id, r.status)
      FROM live r WHERE NOT EXISTS (
          SELECT FROM ticket k WHERE k.registration_id = r.id AND k.status = 'valid')
      UNION ALL
      SELECT format('registration %s is cancelled and has a valid ticket', r.id)
      FROM registration r JOIN own e ON e.id = r.event_id
      WHERE r.status = 'cancelled' AND EXISTS (
          SELECT FROM ticket k WHERE k.registration_id = r.id AND k.status = 'valid')
      UNION ALL
      SELECT format('registration %s is confirmed and not paid', r.id)
      FROM live r WHERE r.status = 'confirmed' AND r.total_minor > 0 AND r.payment_id IS NULL
      UNION ALL
      SELECT format('payment %s has paid for places and goes back as useless', r.payment_id)
      FROM live r JOIN refund_request f ON f.payment_id = r.payment_id
      WHERE f.cause IN ('payment-too-late', 'paid-twice')
      UNION ALL
      SELECT format('ticket %s is of a type of another event', k.id)
      FROM registration r JOIN own e ON e.id = r.event_id
          JOIN ticket k ON k.registration_id = r.id
          JOIN ticket_type t ON t.id = k.ticket_type_id
      WHERE t.event_id <> r.event_id
      UNION ALL
      SELECT format('registration %s costs %s, and its tickets cost %s', r.id, r.total_minor,
          sum(k.total_minor))
      FROM registration r JOIN own e ON e.id = r.event_id
          JOIN ticket k ON k.registration_id = r.id
      GROUP BY r.id HAVING r.total_minor <> sum(k.total_minor)
      UNION ALL
      SELECT format('waitlist entry %s wants %s places, and its tickets %s', n.id, n.places,
          sum(w.quantity))
      FROM waitlist_entry n JOIN own e ON e.id = n.event_id
          JOIN waitlist_ticket w ON w.entry_id = n.id
      GROUP BY n.id HAVING n.places <> sum(w.quantity)
      """;

  private static final String SQL =
      PLACES + OF_EVENTS + "UNION ALL\n" + OF_CODES + "UNION ALL\n" + OF_REGISTRATIONS;

  private final JdbcClient jdbc;

  public PlaceBooks(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What is wrong with these events, their registrations and the codes of their organizations. */
  public List<String> differences(Collection<UUID> eventIds) {
    return jdbc.sql(SQL)
        .param("eventIds", Parameters.uuids(eventIds, Function.identity()))
        .query((row, _) -> row.getString(1))
        .list();
  }
}
