package io.cpdevents.billing.reconciliation;

import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about what Stripe's balance was when it was asked last. */
@Component
class StripeBalances {

  /** What Stripe and the ledger had in one currency. */
  record Comparison(Money stripe, Money ledger) {
    Money difference() {
      return stripe.minus(ledger);
    }
  }

  /** A difference that has been the same for some time. */
  record Difference(Money amount, Instant checkedAt) {}

  private final JdbcClient jdbc;

  StripeBalances(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Keeps a comparison, and since when it differs by the same amount. */
  void keep(Comparison comparison, Instant checkedAt, Instant now) {
    jdbc.sql(
            """
            INSERT INTO stripe_balance AS kept (
                currency, stripe_minor, ledger_minor, checked_at, same_since)
            VALUES (:currency, :stripe, :ledger, :checkedAt, :now)
            ON CONFLICT (currency) DO UPDATE
            SET stripe_minor = :stripe, ledger_minor = :ledger, checked_at = :checkedAt,
                same_since = CASE
                    WHEN kept.stripe_minor - kept.ledger_minor = :stripe - :ledger
                    THEN kept.same_since ELSE :now END
            """)
        .param("currency", Parameters.currency(comparison.stripe().currency()))
        .param("stripe", comparison.stripe().amountMinor())
        .param("ledger", comparison.ledger().amountMinor())
        .param("checkedAt", Parameters.instant(checkedAt))
        .param("now", Parameters.instant(now))
        .update();
  }

  /** The differences that are the same since this time or longer. */
  List<Difference> differencesSince(Instant time) {
    return jdbc.sql(
            """
            SELECT currency, stripe_minor - ledger_minor AS amount_minor, checked_at
            FROM stripe_balance WHERE stripe_minor <> ledger_minor AND same_since <= :time
            """)
        .param("time", Parameters.instant(time))
        .query((row, _) ->
            new Difference(Columns.money(row, "amount_minor"), Columns.instant(row, "checked_at")))
        .list();
  }
}
