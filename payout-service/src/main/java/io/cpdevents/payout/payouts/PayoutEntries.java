package io.cpdevents.payout.payouts;

import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.sql.Parameters;
import java.time.Instant;
import java.util.Currency;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about which entries a payout pays. */
@Component
class PayoutEntries {

  /**
   * What an organization has in a currency when it asks for a payout.
   *
   * @param ever released of all its entries, as if it had never been paid
   * @param unpaid the part of them that no other payout pays
   */
  record Released(Money ever, Money unpaid) {}

  private final JdbcClient jdbc;

  PayoutEntries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Gives a new payout all released entries that no other one pays. One statement, so that both
   * sums are about the same entries. What a payout pays stays released, also when its event is
   * moved or the release time is made longer afterwards, and what is taken back of that is netted
   * at once. The ledger's entries about payouts are left out: they come from billing some time
   * after the payouts are decided here.
   *
   * @param endedBefore what events that ended at or before this instant earned is released
   */
  Released take(UUID payoutId, UUID organizationId, Currency currency, Instant endedBefore) {
    return jdbc.sql(
            """
            WITH earned AS (
              SELECT n.id, n.amount_minor, n.event_id, e.latest_ends_at,
                     EXISTS (SELECT FROM payout_entry t JOIN payout p ON p.id = t.payout_id
                             WHERE t.entry_id = n.id
                               AND p.status NOT IN ('failed', 'cancelled')) AS paid
              FROM entry n LEFT JOIN event e ON e.id = n.event_id
              WHERE n.organization_id = :organizationId AND n.currency = :currency
                AND n.account = 'organization' AND n.payout_id IS NULL),
            netted AS (
              SELECT *, bool_or(paid) OVER of_event
                        AND sum(CASE WHEN paid THEN 0 ELSE amount_minor END) OVER of_event < 0
                        AS owed
              FROM earned WINDOW of_event AS (PARTITION BY event_id)),
            released AS (
              SELECT * FROM netted
              WHERE paid OR owed OR event_id IS NULL OR latest_ends_at <= :endedBefore),
            taken AS (
              INSERT INTO payout_entry (payout_id, entry_id)
              SELECT :payoutId, id FROM released WHERE NOT paid),
            taken_of_events AS (
              INSERT INTO payout_event (payout_id, event_id, amount_minor)
              SELECT :payoutId, event_id, sum(amount_minor) FROM released
              WHERE NOT paid AND event_id IS NOT NULL GROUP BY event_id)
            SELECT coalesce(sum(amount_minor), 0)::bigint AS ever_minor,
                   coalesce(sum(amount_minor) FILTER (WHERE NOT paid), 0)::bigint AS unpaid_minor
            FROM released
            """)
        .param("payoutId", payoutId)
        .param("organizationId", organizationId)
        .param("currency", Parameters.currency(currency))
        .param("endedBefore", Parameters.instant(endedBefore))
        .query((row, _) ->
            new Released(
                new Money(row.getLong("ever_minor"), currency),
                new Money(row.getLong("unpaid_minor"), currency)))
        .single();
  }
}
