package io.cpdevents.billing.ledger;

import io.cpdevents.contracts.payout.LeftMoneyBearer;
import io.cpdevents.platform.money.Money;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What happens to a payout is booked, each fact once. */
@Component
public class BookPayout {

  /** Something that happened to a payout. */
  public sealed interface Fact {
    UUID payoutId();

    UUID organizationId();

    Money amount();
  }

  /** The amount is set aside; the caller has locked the organization's balance and compared. */
  public record Made(UUID payoutId, UUID organizationId, Money amount) implements Fact {}

  /**
   * Money left the organization's account for its bank.
   *
   * @param balanceTransactionId of the account's balance
   */
  public record Sent(UUID payoutId, UUID organizationId, Money amount, String balanceTransactionId)
      implements Fact {}

  /** It counts as paid. */
  public record Paid(UUID payoutId, UUID organizationId, Money amount) implements Fact {}

  /**
   * The organization was not paid.
   *
   * @param afterPaid whether it had counted as paid
   * @param balanceTransactionId what gave the money back to the account; null when it had not left
   */
  public record Failed(
      UUID payoutId,
      UUID organizationId,
      Money amount,
      boolean afterPaid,
      @Nullable String balanceTransactionId)
      implements Fact {}

  /**
   * It was called off before it was paid.
   *
   * @param balanceTransactionId what gave the money back to the account; null when it had not left
   */
  public record Cancelled(
      UUID payoutId, UUID organizationId, Money amount, @Nullable String balanceTransactionId)
      implements Fact {}

  /**
   * It is decided whose it is what payouts have left on an account that cannot be used any more.
   *
   * @param amount what was left
   * @param settlementId the decision
   */
  public record LeftMoney(
      UUID payoutId, UUID organizationId, Money amount, UUID settlementId, LeftMoneyBearer bearer)
      implements Fact {}

  private final Ledger ledger;
  private final LedgerQueries queries;

  BookPayout(Ledger ledger, LedgerQueries queries) {
    this.ledger = ledger;
    this.queries = queries;
  }

  /** Books it, once. The end of a payout for which nothing was set aside moves nothing. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(Fact fact) {
    UUID organizationId = fact.organizationId();
    Money amount = fact.amount();
    switch (fact) {
      case Made _ ->
          post(JournalKind.PAYOUT_MADE, fact, Postings.payoutMade(organizationId, amount));
      case Sent sent ->
          postMovement(
              sent.balanceTransactionId(), fact, Postings.payoutSent(organizationId, amount));
      case Paid _ ->
          post(JournalKind.PAYOUT_PAID, fact, Postings.payoutPaid(organizationId, amount));
      case Failed failed when failed.afterPaid() -> {
        post(JournalKind.PAYOUT_RETURNED, fact, Postings.payoutReturned(organizationId, amount));
        postReturn(failed.balanceTransactionId(), fact);
      }
      case Failed failed -> {
        giveBack(JournalKind.PAYOUT_FAILED, fact);
        postReturn(failed.balanceTransactionId(), fact);
      }
      case Cancelled cancelled -> {
        giveBack(JournalKind.PAYOUT_CANCELLED, fact);
        postReturn(cancelled.balanceTransactionId(), fact);
      }
      case LeftMoney left ->
          post(
              JournalKind.LEFT_MONEY_SETTLED,
              left.settlementId().toString(),
              fact,
              switch (left.bearer()) {
                case ORGANIZATION -> Postings.leftMoneyKept(organizationId, amount);
                case PLATFORM -> Postings.leftMoneyLost(organizationId, amount);
              });
    }
  }

  private void giveBack(JournalKind kind, Fact fact) {
    if (queries.isPayoutMade(fact.payoutId())) {
      post(kind, fact, Postings.payoutFailed(fact.organizationId(), fact.amount()));
    }
  }

  /** The money is on the balance of the organization's account again. */
  private void postReturn(@Nullable String balanceTransactionId, Fact fact) {
    if (balanceTransactionId != null) {
      postMovement(
          balanceTransactionId,
          fact,
          Postings.payoutCameBack(fact.organizationId(), fact.amount()));
    }
  }

  private void post(JournalKind kind, Fact fact, List<Posting> postings) {
    post(kind, fact.payoutId().toString(), fact, postings);
  }

  /** A movement of the balance of the organization's own account. */
  private void postMovement(String balanceTransactionId, Fact fact, List<Posting> postings) {
    post(JournalKind.CONNECTED_BALANCE_TRANSACTION, balanceTransactionId, fact, postings);
  }

  private void post(JournalKind kind, String businessId, Fact fact, List<Posting> postings) {
    ledger.post(
        new Journal(kind, businessId, JournalReferences.ofPayout(fact.payoutId()), postings));
  }
}
