package io.cpdevents.payout.payouts;

import io.cpdevents.payout.PayoutProblem;
import io.cpdevents.payout.payoutaccounts.PayoutAccountQueries;
import io.cpdevents.payout.payouts.Payouts.LeftMoney;
import io.cpdevents.payout.stripe.ConnectedMoney;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.money.Money;
import java.util.Currency;
import org.springframework.stereotype.Component;

/**
 * What payouts have left on an account and cannot be used: all of it on one that is not connected
 * any more, once Stripe has refused to take it back; on the organization's account what is missing
 * there.
 */
@Component
class SettleableMoney {

  private final Payouts payouts;
  private final TransferReversals reversals;
  private final PayoutAccountQueries accounts;
  private final ConnectedMoney stripe;

  SettleableMoney(
      Payouts payouts,
      TransferReversals reversals,
      PayoutAccountQueries accounts,
      ConnectedMoney stripe) {
    this.payouts = payouts;
    this.reversals = reversals;
    this.accounts = accounts;
    this.stripe = stripe;
  }

  /** What can be settled on the account of this payout; asks Stripe, so not in a transaction. */
  Money of(Payout payout) {
    Currency currency = payout.amount().currency();
    Money lying = lying(payout);
    if (!accounts.isConnected(payout.organizationId(), payout.accountId())) {
      return isTakenBack(payout) ? Money.zero(currency) : lying;
    }
    Money available = stripe.available(payout.accountId(), currency);
    Money missing = lying.minus(available);
    return missing.compareTo(lying) > 0 ? lying : missing;
  }

  /**
   * Holds it for the rest of the transaction: nobody takes it back, requests a payout or settles
   * it.
   *
   * @throws RuleViolation {@code not-settleable} when there is less by now, Stripe is being asked
   *     to take it back, or a payout that may use it is under way
   */
  void require(Payout payout, Money amount) {
    Currency currency = payout.amount().currency();
    payouts.lockRequests(payout.organizationId(), currency);
    boolean connected = accounts.isConnected(payout.organizationId(), payout.accountId());
    boolean mayMove = payouts.mayUse(payout, connected) || (!connected && isTakenBack(payout));
    if (mayMove || lying(payout).compareTo(amount) < 0) {
      throw PayoutProblem.NOT_SETTLEABLE.violation();
    }
  }

  private boolean isTakenBack(Payout payout) {
    return reversals.isUnderWay(payout.accountId(), payout.amount().currency().getCurrencyCode());
  }

  private Money lying(Payout payout) {
    Currency currency = payout.amount().currency();
    return new Money(
        LeftMoney.onMinor(payouts.leftMoney(payout.organizationId(), currency), payout.accountId()),
        currency);
  }
}
