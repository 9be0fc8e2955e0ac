package io.cpdevents.billing.organizations;

import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about what organizations have. */
@Component
class OrganizationFunds {

  /** What of an organization's funds is in its accounts, credit positive. */
  private static final String FUNDS =
      """
      WITH funds AS (
        SELECT split_part(account, ':', 2)::uuid AS organization_id, currency,
               -sum(amount_minor)::bigint AS amount_minor,
               -coalesce(sum(amount_minor) FILTER (WHERE account LIKE 'organization:%'), 0)::bigint
                 AS unpromised_minor
        FROM account_balance
        WHERE split_part(account, ':', 1) IN ('organization', 'held', 'in-payout')
        GROUP BY 1, 2)
      """;

  private final JdbcClient jdbc;

  OrganizationFunds(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What each organization has: earned, set aside for disputes, and promised in payouts. */
  List<Funds> all() {
    return jdbc.sql(
            FUNDS
                + """
                SELECT organization_id, currency, amount_minor FROM funds
                ORDER BY organization_id, currency
                """)
        .query((row, _) -> funds(row))
        .list();
  }

  /**
   * Remembers who owes the platform money, and since when; forgets who does not any more.
   *
   * @return what those owe who have owed something since this time or longer, negative
   */
  List<Funds> negativeSince(Instant time, Instant now) {
    jdbc.sql(
            FUNDS
                + """
                DELETE FROM negative_balance n
                WHERE NOT EXISTS (SELECT FROM funds f
                                  WHERE f.organization_id = n.organization_id
                                    AND f.currency = n.currency AND f.unpromised_minor < 0)
                """)
        .update();
    jdbc.sql(
            FUNDS
                + """
                INSERT INTO negative_balance (organization_id, currency, since)
                SELECT organization_id, currency, :now FROM funds WHERE unpromised_minor < 0
                ON CONFLICT (organization_id, currency) DO NOTHING
                """)
        .param("now", Parameters.instant(now))
        .update();
    return jdbc.sql(
            FUNDS
                + """
                SELECT organization_id, currency, f.unpromised_minor AS amount_minor
                FROM funds f JOIN negative_balance n USING (organization_id, currency)
                WHERE n.since <= :time
                """)
        .param("time", Parameters.instant(time))
        .query((row, _) -> funds(row))
        .list();
  }

  /** Its share of refunds that are under way, and may be called off at Stripe. */
  Money inRefunds(UUID organizationId, Currency currency) {
    return jdbc.sql(
            """
            SELECT coalesce(sum(refund_line.amount_minor - fee_minor), 0)
            FROM refund JOIN refund_line ON refund_id = refund.id
            WHERE organization_id = :organizationId AND currency = :currency
                AND status IN ('requested', 'pending')
            """)
        .param("organizationId", organizationId)
        .param("currency", Parameters.currency(currency))
        .query((row, _) -> new Money(row.getLong(1), currency))
        .single();
  }

  /** Forgets since when an organization has owed the platform money: it does not any more. */
  void forgetDebt(UUID organizationId, Currency currency) {
    jdbc.sql(
            """
            DELETE FROM negative_balance
            WHERE organization_id = :organizationId AND currency = :currency
            """)
        .param("organizationId", organizationId)
        .param("currency", Parameters.currency(currency))
        .update();
  }

  /**
   * What lies with the platform since before a time: organizations' funds that are more than what
   * is left of the payments since then. Refunds and disputes of a payment take from what was paid
   * by it; payouts take what has lain longest.
   */
  List<Funds> lyingSince(Instant time) {
    return jdbc.sql(
            FUNDS
                + """
                , recent AS (
                  SELECT split_part(p.account, ':', 2)::uuid AS organization_id, p.currency,
                         -sum(p.amount_minor)::bigint AS amount_minor
                  FROM journal c
                  JOIN journal j ON j.payment_id = c.payment_id
                  JOIN posting p ON p.journal_id = j.id
                  WHERE c.recorded_at > :time AND c.kind = 'payment-captured'
                    AND split_part(p.account, ':', 1) IN ('organization', 'held', 'in-payout')
                  GROUP BY 1, 2)
                SELECT organization_id, currency,
                       f.amount_minor - coalesce(r.amount_minor, 0) AS amount_minor
                FROM funds f LEFT JOIN recent r USING (organization_id, currency)
                WHERE f.amount_minor > coalesce(r.amount_minor, 0) AND f.amount_minor > 0
                """)
        .param("time", Parameters.instant(time))
        .query((row, _) -> funds(row))
        .list();
  }

  /** Differences that are the same since this time or longer. */
  List<Funds> differencesSince(Instant time) {
    return jdbc.sql(
            """
            SELECT organization_id, currency, difference_minor AS amount_minor
            FROM balance_difference WHERE seen_at <= :time
            """)
        .param("time", Parameters.instant(time))
        .query((row, _) -> funds(row))
        .list();
  }

  /** Whether the sums differed when they were compared last. */
  boolean hasDifferences() {
    return jdbc.sql("SELECT EXISTS (SELECT FROM balance_difference)").query(Boolean.class).single();
  }

  /** Keeps these differences and since when each is the same, and forgets all others. */
  void keepDifferences(Collection<Funds> differences, Instant now) {
    jdbc.sql(
            """
            DELETE FROM balance_difference d
            WHERE NOT EXISTS (
                SELECT FROM unnest(:organizations, :currencies, :amounts) AS k (o, c, a)
                WHERE k.o = d.organization_id AND k.c = d.currency AND k.a = d.difference_minor)
            """)
        .params(columns(differences))
        .update();
    jdbc.sql(
            """
            INSERT INTO balance_difference (organization_id, currency, difference_minor, seen_at)
            SELECT o, c, a, :now
            FROM unnest(:organizations, :currencies, :amounts) AS k (o, c, a)
            ON CONFLICT (organization_id, currency) DO NOTHING
            """)
        .params(columns(differences))
        .param("now", Parameters.instant(now))
        .update();
  }

  /** Whether a watch is due. */
  boolean isDue(String watch, Instant now) {
    return jdbc.sql(
            """
            SELECT NOT EXISTS (SELECT FROM daily_watch WHERE name = :watch AND next_due_at > :now)
            """)
        .param("watch", watch)
        .param("now", Parameters.instant(now))
        .query(Boolean.class)
        .single();
  }

  void setDue(String watch, Instant at) {
    jdbc.sql(
            """
            INSERT INTO daily_watch (name, next_due_at) VALUES (:watch, :at)
            ON CONFLICT (name) DO UPDATE SET next_due_at = excluded.next_due_at
            """)
        .param("watch", watch)
        .param("at", Parameters.instant(at))
        .update();
  }

  private static Map<String, Object> columns(Collection<Funds> rows) {
    return Map.of(
        "organizations", Parameters.uuids(rows, row -> row.owner().organizationId()),
        "currencies", Parameters.texts(rows, row -> row.owner().currency()),
        "amounts", Parameters.bigints(rows, row -> row.amount().amountMinor()));
  }

  private static Funds funds(ResultSet row) throws SQLException {
    return Funds.of(Columns.uuid(row, "organization_id"), Columns.money(row, "amount_minor"));
  }
}
