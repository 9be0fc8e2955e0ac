package io.cpdevents.billing.ledger;

import io.cpdevents.billing.stripe.StripeBalanceTransaction;
import io.cpdevents.platform.sql.Parameters;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about the balance transactions that have been booked. */
@Component
class BalanceTransactions {

  private final JdbcClient jdbc;

  BalanceTransactions(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Adds a transaction; one that was added before stays as it is. */
  void insert(StripeBalanceTransaction transaction, @Nullable UUID journalId) {
    jdbc.sql(
            """
            INSERT INTO balance_transaction (
                id, type, source, currency, amount_minor, fee_minor, net_minor, created_at, journal_id)
            VALUES (
                :id, :type, :source, :currency, :amount, :fee, :net, :createdAt, :journalId)
            ON CONFLICT (id) DO NOTHING
            """)
        .param("id", transaction.id())
        .param("type", transaction.type())
        .param("source", Parameters.text(transaction.source()))
        .param("currency", transaction.currency())
        .param("amount", transaction.amountMinor())
        .param("fee", transaction.feeMinor())
        .param("net", transaction.netMinor())
        .param("createdAt", Parameters.instant(transaction.createdAt()))
        .param("journalId", Parameters.uuid(journalId))
        .update();
  }
}
