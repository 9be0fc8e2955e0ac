package io.cpdevents.payout.balances.web;

import io.cpdevents.payout.balances.Balance;
import io.cpdevents.platform.money.Money;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/**
 * An organization's balance in one currency.
 *
 * @param pending earned by events that are not over, or over for less than the release days
 * @param available may be paid out now; negative when more was returned than earned
 * @param reserved set aside for open disputes
 * @param inTransit promised in payouts under way
 * @param paidOut what ever reached the organization's bank
 * @param withheld the part of what is available that lies on an account at Stripe which is not
 *     connected any more: it is not paid out until it is taken back or the platform has settled it
 * @param nextRelease the next part of what is pending that becomes available; null when no date is
 *     known for any
 */
public record BalanceView(
    Currency currency,
    Money pending,
    Money available,
    Money reserved,
    Money inTransit,
    Money paidOut,
    Money withheld,
    Balance.@Nullable Release nextRelease) {

  static BalanceView of(Balance balance) {
    return new BalanceView(
        balance.available().currency(),
        balance.pending(),
        balance.available(),
        balance.reserved(),
        balance.inTransit(),
        balance.paidOut(),
        balance.withheld(),
        balance.nextRelease());
  }
}
