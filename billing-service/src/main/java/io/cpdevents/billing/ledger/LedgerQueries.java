package io.cpdevents.billing.ledger;

import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What other features ask about the ledger. */
@Component
public class LedgerQueries {

  private final JdbcClient jdbc;
  private final Journals journals;

  LedgerQueries(JdbcClient jdbc, Journals journals) {
    this.jdbc = jdbc;
    this.journals = journals;
  }

  /** Whether the amount of a payout has been set aside, however it went on. */
  public boolean isPayoutMade(UUID payoutId) {
    return journals.exists(JournalKind.PAYOUT_MADE, payoutId.toString());
  }

  /** What an organization has earned and not been promised in a payout; negative: it owes that. */
  public Money earnedBy(UUID organizationId, Currency currency) {
    return jdbc.sql(
            """
            SELECT coalesce(sum(-amount_minor), 0) FROM account_balance
            WHERE account = :account AND currency = :currency
            """)
        .param("account", LedgerAccount.organization(organizationId).name())
        .param("currency", Parameters.currency(currency))
        .query((row, _) -> new Money(row.getLong(1), currency))
        .single();
  }

  /** In which currencies an organization has ever earned something. */
  public List<Currency> currenciesOf(UUID organizationId) {
    return jdbc.sql("SELECT currency FROM account_balance WHERE account = :account")
        .param("account", LedgerAccount.organization(organizationId).name())
        .query((row, _) -> Columns.currency(row, "currency"))
        .list();
  }

  /** What is owed to the buyer by a refund, and Stripe has not taken. */
  public Money owedBy(UUID refundId, Currency currency) {
    return standing(LedgerAccount.Kind.REFUNDS, "refund_id", refundId, currency).negate();
  }

  /** What a dispute has taken that nobody has lost yet; below zero: more has come back. */
  public Money takenBy(UUID disputeId, Currency currency) {
    return standing(LedgerAccount.Kind.DISPUTES, "dispute_id", disputeId, currency);
  }

  private Money standing(LedgerAccount.Kind kind, String column, UUID id, Currency currency) {
    return jdbc.sql(
            """
            SELECT coalesce(sum(amount_minor), 0)
            FROM journal JOIN posting ON journal_id = journal.id
            WHERE %s = :id AND account = :account AND currency = :currency
            """
                .formatted(column))
        .param("id", id)
        .param("account", LedgerAccount.platform(kind).name())
        .param("currency", Parameters.currency(currency))
        .query((row, _) -> new Money(row.getLong(1), currency))
        .single();
  }

  /** What Stripe has kept of the charge of a payment intent; empty while that is not known. */
  public Optional<Money> stripeFeeOf(String paymentIntentId) {
    return jdbc.sql(
            """
            SELECT balance_transaction.currency, fee_minor
            FROM stripe_charge
            JOIN balance_transaction ON balance_transaction.id = balance_transaction_id
            WHERE stripe_payment_intent_id = :paymentIntentId
            """)
        .param("paymentIntentId", paymentIntentId)
        .query((row, _) -> Columns.money(row, "fee_minor"))
        .optional();
  }
}
