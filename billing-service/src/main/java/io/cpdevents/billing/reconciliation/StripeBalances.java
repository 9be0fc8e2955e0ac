package io.cpdevents.billing.reconciliation;

import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about what Stripe has said of the platform's balance. */
@Component
class StripeBalances {

  /**
   * An answer that can be compared now.
   *
   * @param stripe what Stripe had
   */
  record Answer(Money stripe, Instant answeredAt, BalanceReading reading) {}

  /** A difference that no answer of some time has been without. */
  record Difference(Money amount, Instant since) {}

  private final JdbcClient jdbc;

  StripeBalances(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Keeps an answer until it can be compared; Stripe has nothing in a currency that it does not
   * name.
   *
   * @param knownUntil system time: what was mirrored before was in the answer
   */
  void insert(List<Money> stripe, Instant answeredAt, Instant knownUntil) {
    jdbc.sql(
            """
            INSERT INTO stripe_answer (currency, answered_at, known_until, stripe_minor)
            SELECT coalesce(told.currency, folded.currency), :answeredAt, :knownUntil,
                   coalesce(told.amount, 0)
            FROM unnest(:currencies, :amounts) AS told (currency, amount)
            FULL JOIN (SELECT currency FROM folded_balance WHERE account = 'stripe') folded
                ON folded.currency = told.currency
            ON CONFLICT (currency, answered_at) DO NOTHING
            """)
        .param("currencies", Parameters.texts(stripe, StripeBalances::currency))
        .param("amounts", Parameters.bigints(stripe, Money::amountMinor))
        .param("answeredAt", Parameters.instant(answeredAt))
        .param("knownUntil", Parameters.instant(knownUntil))
        .update();
  }

  /**
   * The answers before a time with what the ledger had at each, the oldest first: what the account
   * {@code stripe} has now, without what has moved it since, and with what was listed then and is
   * not booked. One statement, so that all of it is of one moment.
   */
  List<Answer> before(Instant time) {
    return jdbc.sql(
            """
            SELECT answer.currency, answered_at, stripe_minor,
                   (coalesce((SELECT amount_minor FROM folded_balance
                              WHERE account = 'stripe' AND currency = answer.currency), 0)
                    - (SELECT coalesce(sum(ledger_minor), 0) FROM matched_transaction moved
                       WHERE moved.currency = answer.currency
                           AND (created_at > answered_at OR mirrored_at >= known_until))
                    + (SELECT coalesce(sum(net_minor), 0) FROM matched_transaction moved
                       WHERE moved.currency = answer.currency AND journal_id IS NULL
                           AND closed_on IS NULL
                           AND created_at <= answered_at AND mirrored_at < known_until)
                   )::bigint AS certain_minor,
                   ARRAY(SELECT net_minor FROM balance_transaction moved
                         WHERE moved.currency = answer.currency
                             AND created_at <= answered_at AND mirrored_at >= known_until
                         LIMIT :uncertain) AS uncertain_minor
            FROM stripe_answer answer WHERE answered_at < :time ORDER BY answered_at
            """)
        .param("time", Parameters.instant(time))
        .param("uncertain", BalanceReading.MAX_UNCERTAIN + 1)
        .query(StripeBalances::read)
        .list();
  }

  private static Answer read(ResultSet row, int number) throws SQLException {
    Array uncertain = row.getArray("uncertain_minor");
    return new Answer(
        Columns.money(row, "stripe_minor"),
        Columns.instant(row, "answered_at"),
        new BalanceReading(
            row.getLong("stripe_minor"),
            row.getLong("certain_minor"),
            Arrays.asList((Long[]) uncertain.getArray())));
  }

  /** Keeps what an answer was found to differ by, and since when none was without a difference. */
  void keep(Answer answer, long differenceMinor) {
    jdbc.sql(
            """
            INSERT INTO stripe_balance AS kept (
                currency, stripe_minor, ledger_minor, answered_at, differs_since)
            VALUES (:currency, :stripe, :ledger, :answeredAt,
                    CASE WHEN :stripe <> :ledger THEN :answeredAt END)
            ON CONFLICT (currency) DO UPDATE
            SET stripe_minor = :stripe, ledger_minor = :ledger, answered_at = :answeredAt,
                differs_since = CASE
                    WHEN :stripe <> :ledger THEN coalesce(kept.differs_since, :answeredAt) END
            """)
        .param("currency", currency(answer.stripe()))
        .param("stripe", answer.stripe().amountMinor())
        .param("ledger", Math.subtractExact(answer.stripe().amountMinor(), differenceMinor))
        .param("answeredAt", Parameters.instant(answer.answeredAt()))
        .update();
  }

  /** Forgets the answers before a time. */
  void forget(Instant time) {
    jdbc.sql("DELETE FROM stripe_answer WHERE answered_at < :time")
        .param("time", Parameters.instant(time))
        .update();
  }

  /** The differences that have lasted. */
  List<Difference> differences() {
    return jdbc.sql("SELECT currency, amount_minor, differs_since FROM lasting_difference")
        .query((row, _) ->
            new Difference(
                Columns.money(row, "amount_minor"), Columns.instant(row, "differs_since")))
        .list();
  }

  private static String currency(Money money) {
    return Parameters.currency(money.currency());
  }
}
