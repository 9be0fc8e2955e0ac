package io.cpdevents.sandbox.settings;

import org.jspecify.annotations.Nullable;

/**
 * How the sandbox behaves where Stripe behaves differently from account to account.
 *
 * @param refundsNeedBalance a refund that is larger than the available balance is pending until
 *     there is enough
 * @param refundsNeedAction a refund is pending until the customer has told where the money goes, as
 *     with payment methods that know no refunds
 * @param disputeFeeMinor what Stripe takes for a chargeback, in minor units of its currency
 * @param disputeFeeReturned whether Stripe gives the fee back when the dispute is won
 */
public record Behaviour(
    @Nullable Boolean refundsNeedBalance,
    @Nullable Boolean refundsNeedAction,
    @Nullable Long disputeFeeMinor,
    @Nullable Boolean disputeFeeReturned) {}
