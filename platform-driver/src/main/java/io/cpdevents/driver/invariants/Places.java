package io.cpdevents.driver.invariants;

import io.cpdevents.driver.World;
import java.util.function.Consumer;

/** Places of events and ticket types, and uses of promo codes. */
final class Places {

  private Places() {}

  static void promoCodesAddUp(World world, Consumer<String> wrong) {
    world
        .databases()
        .texts(
            "registration",
            """
            SELECT 'all', u.promo_code_id, u.uses, count(r.id)
            FROM promo_code_use u LEFT JOIN registration r
              ON r.promo_code_id = u.promo_code_id AND r.status IN ('held', 'confirmed')
            GROUP BY u.promo_code_id HAVING u.uses <> count(r.id)
            UNION ALL
            SELECT 'account ' || account_id, promo_code_id, coalesce(u.uses, 0),
              coalesce(r.registrations, 0)
            FROM promo_code_account_use u FULL JOIN (
              SELECT promo_code_id, account_id, count(*) AS registrations FROM registration
              WHERE promo_code_id IS NOT NULL AND status IN ('held', 'confirmed')
              GROUP BY promo_code_id, account_id) r USING (promo_code_id, account_id)
            WHERE coalesce(u.uses, 0) <> coalesce(r.registrations, 0)
            """)
        .forEach(row ->
            wrong.accept(
                "for %s promo code %s counts %s uses and there are %s".formatted(row.toArray())));
  }

  static void addUp(World world, Consumer<String> wrong) {
    world
        .databases()
        .texts(
            "registration",
            """
            WITH offered AS (
              SELECT w.event_id, k.ticket_type_id, sum(k.quantity) AS places
              FROM waitlist_entry w JOIN waitlist_ticket k ON k.entry_id = w.id
              WHERE w.status = 'offered' GROUP BY w.event_id, k.ticket_type_id
            ), live AS (
              SELECT r.event_id, t.ticket_type_id, count(*) AS places
              FROM registration r JOIN ticket t ON t.registration_id = r.id AND t.status = 'valid'
              WHERE r.status IN ('held', 'confirmed') GROUP BY r.event_id, t.ticket_type_id
            ), places AS (
              SELECT event_id, ticket_type_id, sum(places) AS places
              FROM (SELECT * FROM offered UNION ALL SELECT * FROM live) a
              GROUP BY event_id, ticket_type_id
            )
            SELECT 'event', e.id, e.taken, e.capacity, coalesce(sum(p.places), 0)
            FROM event e LEFT JOIN places p ON p.event_id = e.id
            GROUP BY e.id HAVING e.taken <> coalesce(sum(p.places), 0) OR e.taken > e.capacity
            UNION ALL
            SELECT 'ticket type', tt.id, tt.taken, tt.quota, coalesce(sum(p.places), 0)
            FROM ticket_type tt LEFT JOIN places p ON p.ticket_type_id = tt.id
            GROUP BY tt.id HAVING tt.taken <> coalesce(sum(p.places), 0) OR tt.taken > tt.quota
            UNION ALL
            SELECT 'quota', q.id, q.taken, q.capacity, coalesce(sum(p.places), 0)
            FROM quota q LEFT JOIN quota_ticket_type qt ON qt.quota_id = q.id
            LEFT JOIN places p ON p.ticket_type_id = qt.ticket_type_id
            GROUP BY q.id HAVING q.taken <> coalesce(sum(p.places), 0) OR q.taken > q.capacity
            """)
        .forEach(row ->
            wrong.accept(
                "%s %s has taken %s of %s and %s places held, confirmed or offered"
                    .formatted(row.toArray())));
  }
}
