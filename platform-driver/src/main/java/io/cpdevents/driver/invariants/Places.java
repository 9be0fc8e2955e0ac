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
            SELECT 'event', e.id, e.taken, e.capacity, count(t.id)
            FROM event e
            LEFT JOIN registration r ON r.event_id = e.id AND r.status IN ('held', 'confirmed')
            LEFT JOIN ticket t ON t.registration_id = r.id AND t.status = 'valid'
            GROUP BY e.id HAVING e.taken <> count(t.id) OR e.taken > e.capacity
            UNION ALL
            SELECT 'ticket type', tt.id, tt.taken, tt.quota, count(r.id)
            FROM ticket_type tt
            LEFT JOIN ticket t ON t.ticket_type_id = tt.id AND t.status = 'valid'
            LEFT JOIN registration r
              ON r.id = t.registration_id AND r.status IN ('held', 'confirmed')
            GROUP BY tt.id HAVING tt.taken <> count(r.id) OR tt.taken > tt.quota
            """)
        .forEach(row ->
            wrong.accept(
                "%s %s has taken %s of %s and %s valid tickets held or confirmed"
                    .formatted(row.toArray())));
  }
}
