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
    boolean booked =
        book(
            transaction,
            JournalReferences.ofPayment(paymentId),
            Postings.chargeSettled(charged, transaction.net(), transaction.fee()));
    if (booked && !transaction.amount().equals(charged)) {
      breaks.open(
          BreakKind.BALANCE_TRANSACTION_MISMATCH,
          transaction.id(),
          paymentId,
          transaction.amount());
    }
  }

  /**
   * Books what a refund took, or what its failure gave back; a difference opens a break. A
   * transaction that was booked before its refund was known leaves suspense.
   *
   * @param owed the refund's amount; negative for a failure: it is owed again
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void bookRefund(
      StripeBalanceTransaction transaction, UUID paymentId, UUID refundId, Money owed) {
    JournalReferences about = JournalReferences.ofPayment(paymentId).withRefund(refundId);
    boolean booked =
        book(transaction, about, Postings.refundSettled(owed, transaction.net(), transaction.fee()))
            || leavesSuspense(transaction, about, owed);
    if (booked && !transaction.amount().equals(owed.negate())) {
      breaks.open(
          BreakKind.BALANCE_TRANSACTION_MISMATCH,
          transaction.id(),
          paymentId,
          transaction.amount());
    }
  }

  /** Books a movement whose cause is not known, and opens a break. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void bookUnexplained(StripeBalanceTransaction transaction, BreakKind kind) {
    boolean booked =
        book(
            transaction,
            JournalReferences.none(),
            Postings.unexplained(transaction.net(), transaction.fee()));
    if (booked) {
      breaks.open(kind, transaction.id(), null, transaction.amount());
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
        .param("ids", Parameters.texts(ids, id -> id))
        .query((row, number) -> row.getString("id"))
        .list();
  }

  /** Whether it waited in suspense, and does not any more. */
  private boolean leavesSuspense(
      StripeBalanceTransaction transaction, JournalReferences about, Money owed) {
    List<String> id = List.of(transaction.id());
    boolean unknown = breaks.resolve(BreakKind.UNKNOWN_REFUND, id);
    boolean unexplained = breaks.resolve(BreakKind.UNEXPLAINED_BALANCE_TRANSACTION, id);
    if (!unknown && !unexplained) {
      return false;
    }
    if (transaction.net().currency().equals(owed.currency())) {
      ledger.post(
          new Journal(
              JournalKind.REFUND_IDENTIFIED,
              transaction.id(),
              about,
              Postings.refundIdentified(owed)));
    }
    return true;
  }

  /**
   * Posts a transaction, once; one that moves nothing has no journal and is only stored.
   *
   * @return whether it was posted now
   */
  private boolean book(
      StripeBalanceTransaction transaction, JournalReferences about, List<Posting> postings) {
    if (postings.isEmpty()) {
      insert(transaction, null);
      return false;
    }
    Optional<UUID> journal =
        ledger.post(
            new Journal(JournalKind.BALANCE_TRANSACTION, transaction.id(), about, postings));
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
}
