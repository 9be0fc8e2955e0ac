package io.cpdevents.payout.stripe;

import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.stripe.Disconnected;
import io.cpdevents.platform.stripe.StripeRefused;
import io.cpdevents.platform.stripe.StripeUnavailable;
import java.time.Instant;
import java.util.Currency;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Money on its way to organizations: from the platform's balance to that of their account, and from
 * there to their bank. Never called inside a database transaction.
 *
 * <p>Every method throws {@link StripeUnavailable} when the outcome is not known or Stripe cannot
 * be asked now, and {@link StripeRefused} when Stripe has refused for good; payouts of an account
 * whose connection was ended are refused with {@link Disconnected#CODE}.
 */
public interface ConnectedMoney {

  /** Stripe's code when a balance has too little that is available. */
  String BALANCE_INSUFFICIENT = "balance_insufficient";

  /**
   * One attempt to move money for a payout.
   *
   * @param accountId Stripe's id of the organization's account
   */
  record Movement(
      UUID payoutId,
      UUID organizationId,
      int attempt,
      String accountId,
      Money amount,
      String idempotencyKey) {}

  /**
   * Money that went to the balance of an organization's account.
   *
   * @param balanceTransactionId of the platform's balance
   */
  record Transfer(String id, String balanceTransactionId, Instant createdAt) {}

  /**
   * Money that goes to an organization's bank.
   *
   * @param balanceTransactionId of the account's balance
   * @param failureBalanceTransactionId what gave the money back to it; null when nothing did
   * @param failureCode Stripe's; null when it has not failed
   */
  record BankPayout(
      String id,
      Status status,
      String balanceTransactionId,
      @Nullable String failureBalanceTransactionId,
      @Nullable String failureCode,
      Instant arrivesOn) {

    /** Stripe's {@code status}. */
    public enum Status {
      UNDER_WAY,
      PAID,
      FAILED,
      CANCELED
    }
  }

  /**
   * Money that came back from an organization's account to the platform's balance.
   *
   * @param balanceTransactionId of the platform's balance
   */
  record Reversal(String id, String balanceTransactionId, Instant createdAt) {}

  /** What is available on the balance of an organization's account. */
  Money available(String accountId, Currency currency);

  /** Moves money to the balance of the organization's account. */
  Transfer transfer(Movement movement);

  /** The transfer of this payout, whichever attempt made it, if Stripe has made one. */
  Optional<Transfer> findTransfer(Movement movement);

  /**
   * Takes money of a transfer back, as far as the account has it available.
   *
   * @param movement the transfer, and how much of it comes back
   */
  Reversal reverse(String transferId, Movement movement);

  /** The reversal of this payout's transfer, if Stripe has made one for us. */
  Optional<Reversal> findReversal(String transferId, Movement movement);

  /** Moves money from the balance of the organization's account to its bank. */
  BankPayout payOut(Movement movement);

  /**
   * The payout at Stripe of this payout, whichever attempt made it, if Stripe has made one.
   *
   * @param createdFrom not before this
   */
  Optional<BankPayout> findPayOut(Movement movement, Instant createdFrom);

  /** Calls a payout off that Stripe has not yet submitted to the bank. */
  BankPayout cancelPayOut(String accountId, String id, String idempotencyKey);

  /** A payout as it is now. */
  BankPayout bankPayout(String accountId, String id);
}
