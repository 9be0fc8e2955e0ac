package io.cpdevents.billing.ledger;

import io.cpdevents.billing.stripe.StripeBalanceTransaction;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.sql.Parameters;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Books movements of Stripe's balance, one journal each: the only thing that moves {@code stripe}.
 */
@Component
public class BalanceTransactions {

  private final JdbcClient jdbc;
  private final Ledger ledger;
  private final Breaks breaks;

  BalanceTransactions(JdbcClient jdbc, Ledger ledger, Breaks breaks) {
    this.jdbc = jdbc;
    this.ledger = ledger;
    this.breaks = breaks;
  }

  /** Books what a charge brought; a difference to the charge opens a break. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void bookCharge(
      StripeBalanceTransaction transaction, @Nullable UUID paymentId, Money charged) {
    Money net = net(transaction);
    Money fee = fee(transaction);
    boolean booked = book(transaction, paymentId, Postings.chargeSettled(charged, net, fee));
    if (booked && !net.plus(fee).equals(charged)) {
      breaks.open(
          BreakKind.BALANCE_TRANSACTION_MISMATCH, transaction.id(), paymentId, net.plus(fee));
    }
  }

  /**
   * Books what a refund took, or what its failure gave back; a difference opens a break. One that
   * waits in suspense is taken out of it.
   *
   * @param owed the refund's amount; negative for a failure: it is owed again
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void bookRefund(StripeBalanceTransaction transaction, UUID paymentId, Money owed) {
    Money net = net(transaction);
    Money fee = fee(transaction);
    boolean booked =
        book(transaction, paymentId, Postings.refundSettled(owed, net, fee))
            || identify(transaction, paymentId, owed);
    if (booked && !net.plus(fee).equals(owed.negate())) {
      breaks.open(
          BreakKind.BALANCE_TRANSACTION_MISMATCH, transaction.id(), paymentId, net.plus(fee));
    }
  }

  /** Books a movement whose cause is not known, and opens a break. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void bookUnexplained(StripeBalanceTransaction transaction, BreakKind kind) {
    Money net = net(transaction);
    Money fee = fee(transaction);
    if (book(transaction, null, Postings.unexplained(net, fee))) {
      breaks.open(kind, transaction.id(), null, net.plus(fee));
    }
  }

  /** Those of these ids that have not been booked. */
  @Transactional(readOnly = true)
  public List<String> notBooked(List<String> ids) {
    return jdbc.sql(
            """
            SELECT wanted.id FROM unnest(:ids) AS wanted (id)
            WHERE NOT EXISTS (SELECT FROM balance_transaction WHERE id = wanted.id)
            """)
        .param("ids", ids.toArray(String[]::new))
        .query((row, number) -> row.getString("id"))
        .list();
  }

  /** Whether it waited in suspense, and does not any more. */
  private boolean identify(StripeBalanceTransaction transaction, UUID paymentId, Money owed) {
    List<String> id = List.of(transaction.id());
    boolean unknown = breaks.resolve(BreakKind.UNKNOWN_REFUND, id);
    boolean unexplained = breaks.resolve(BreakKind.UNEXPLAINED_BALANCE_TRANSACTION, id);
    if (!unknown && !unexplained) {
      return false;
    }
    if (net(transaction).currency().equals(owed.currency())) {
      ledger.post(
          new Journal(
              JournalKind.REFUND_IDENTIFIED,
              transaction.id(),
              paymentId,
              null,
              Postings.refundIdentified(owed)));
    }
    return true;
  }

  /** What moves nothing has no journal and is only kept. */
  private boolean book(
      StripeBalanceTransaction transaction, @Nullable UUID paymentId, List<Posting> postings) {
    if (postings.isEmpty()) {
      insert(transaction, null);
      return false;
    }
    Optional<UUID> journal =
        ledger.post(
            new Journal(
                JournalKind.BALANCE_TRANSACTION, transaction.id(), paymentId, null, postings));
    journal.ifPresent(id -> insert(transaction, id));
    return journal.isPresent();
  }

  private void insert(StripeBalanceTransaction transaction, @Nullable UUID journalId) {
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

  private static Money net(StripeBalanceTransaction transaction) {
    return Money.of(transaction.netMinor(), transaction.currency());
  }

  private static Money fee(StripeBalanceTransaction transaction) {
    return Money.of(transaction.feeMinor(), transaction.currency());
  }
}
