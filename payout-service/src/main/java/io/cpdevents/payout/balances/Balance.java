package io.cpdevents.payout.balances;

import io.cpdevents.platform.money.Money;

/**
 * What an organization has in one currency. {@code pending + available + reserved + inTransit} is
 * what billing's ledger says it owes the organization.
 *
 * @param pending earned by events that are not known, not over, or within the release days
 * @param available may be paid out now; negative: owed to the platform, the next payout nets it
 * @param reserved set aside for open disputes
 * @param inTransit promised in payouts under way
 * @param paidOut reached the organization's bank, ever
 */
public record Balance(
    Money pending, Money available, Money reserved, Money inTransit, Money paidOut) {}
