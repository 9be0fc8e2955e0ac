package io.cpdevents.contracts.payout;

import io.cpdevents.contracts.Event;
import io.cpdevents.contracts.MoneyAmount;
import io.cpdevents.contracts.Topic;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What happens to a payout of an organization. Keyed by payout. */
public sealed interface PayoutEvent extends Event {

  UUID payoutId();

  UUID organizationId();

  /** What is paid out. */
  MoneyAmount amount();

  @Override
  default Topic topic() {
    return Topic.PAYOUT_PAYOUTS;
  }

  @Override
  default String key() {
    return payoutId().toString();
  }

  @Override
  default Map<String, String> correlation() {
    return Map.of("payoutId", payoutId().toString());
  }

  /** An organization wants to be paid; billing sets the amount aside, or refuses. */
  record PayoutRequested(
      UUID payoutId, UUID organizationId, MoneyAmount amount, Instant requestedAt)
      implements PayoutEvent {}

  /**
   * Money went from the platform's balance at Stripe to that of the organization's account.
   *
   * @param transferred what was transferred; less than the payout when the rest lay there already
   * @param transferId Stripe's {@code tr_…}
   * @param balanceTransactionId of the platform's balance
   * @param stripeAccountId the organization's account at Stripe, {@code acct_…}; null: not known,
   *     as in old events
   */
  record PayoutTransferred(
      UUID payoutId,
      UUID organizationId,
      MoneyAmount amount,
      MoneyAmount transferred,
      String transferId,
      String balanceTransactionId,
      Instant transferredAt,
      @Nullable String stripeAccountId)
      implements PayoutEvent {}

  /**
   * Money left the balance of the organization's account for its bank.
   *
   * @param stripePayoutId Stripe's {@code po_…}
   * @param balanceTransactionId of the balance of the organization's account
   * @param arrivesOn when Stripe expects it to arrive
   * @param stripeAccountId the organization's account at Stripe, {@code acct_…}; null: not known,
   *     as in old events
   */
  record PayoutSent(
      UUID payoutId,
      UUID organizationId,
      MoneyAmount amount,
      String stripePayoutId,
      String balanceTransactionId,
      Instant arrivesOn,
      Instant sentAt,
      @Nullable String stripeAccountId)
      implements PayoutEvent {}

  /** Stripe counts it as paid; the bank may still send it back. */
  record PayoutPaid(UUID payoutId, UUID organizationId, MoneyAmount amount, Instant paidAt)
      implements PayoutEvent {}

  /**
   * The organization was not paid, and has the amount in its balance again.
   *
   * @param afterPaid whether it had counted as paid
   * @param failureReason Stripe's code or ours, kebab-case or with underscores
   * @param failureRemedy what the organization can do about it: {@code change-bank-account}, {@code
   *     ask-the-bank}, {@code complete-payout-account}, {@code request-again}, {@code
   *     wait-for-more} or {@code contact-support}
   * @param failureBalanceTransactionId what gave the money back to the organization's account; the
   *     decision of two people, {@code settlement:…}, when Stripe could not be asked; null when it
   *     had not left it
   */
  record PayoutFailed(
      UUID payoutId,
      UUID organizationId,
      MoneyAmount amount,
      boolean afterPaid,
      String failureReason,
      String failureRemedy,
      @Nullable String failureBalanceTransactionId,
      Instant failedAt)
      implements PayoutEvent {}

  /**
   * It was called off before it was paid, and the organization has the amount in its balance again.
   *
   * @param balanceTransactionId what gave the money back to the organization's account; null when
   *     it had not left it
   */
  record PayoutCancelled(
      UUID payoutId,
      UUID organizationId,
      MoneyAmount amount,
      @Nullable String balanceTransactionId,
      Instant cancelledAt)
      implements PayoutEvent {}

  /**
   * Money of a payout that was not paid came back from the organization's account to the platform's
   * balance at Stripe, because the organization has ended the connection of that account.
   *
   * @param reversed what came back
   * @param transferId Stripe's {@code tr_…}
   * @param reversalId Stripe's {@code trr_…}
   * @param balanceTransactionId of the platform's balance
   */
  record PayoutTransferReversed(
      UUID payoutId,
      UUID organizationId,
      MoneyAmount amount,
      MoneyAmount reversed,
      String transferId,
      String reversalId,
      String balanceTransactionId,
      Instant reversedAt)
      implements PayoutEvent {}

  /**
   * Two people have decided whose it is what payouts have left on an account of the organization
   * that cannot be used any more.
   *
   * @param payoutId a payout that has left something there
   * @param settlementId their decision
   * @param settled what was left
   * @param stripeAccountId that account, {@code acct_…}; null: not known, as in old events
   */
  record LeftMoneySettled(
      UUID payoutId,
      UUID organizationId,
      MoneyAmount amount,
      UUID settlementId,
      MoneyAmount settled,
      LeftMoneyBearer bearer,
      Instant settledAt,
      @Nullable String stripeAccountId)
      implements PayoutEvent {}
}
