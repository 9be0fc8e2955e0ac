package io.cpdevents.payout.balances;

import io.cpdevents.platform.money.Money;

/**
 * What an organization has in one currency. {@code pending + available + reserved + inTransit} is
 * what the platform owes the organization by billing's ledger.
 *
 * @param pending earned by events that are not known, not over, or over for less than the release
 *     days
 * @param available may be paid out now; negative: the organization owes it, and the next payout is
 *     smaller by it
 * @param reserved set aside for open disputes
 * @param inTransit promised in payouts under way
 * @param paidOut what ever reached the organization's bank
 */
public record Balance(
    Money pending, Money available, Money reserved, Money inTransit, Money paidOut) {}
