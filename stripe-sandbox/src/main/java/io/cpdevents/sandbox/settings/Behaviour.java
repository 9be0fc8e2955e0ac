package io.cpdevents.sandbox.settings;

import org.jspecify.annotations.Nullable;

/**
 * How the sandbox behaves where Stripe's behaviour depends on the account.
 *
 * @param refundsNeedBalance a refund that is larger than the available balance is pending until
 *     there is enough
 * @param reservedMinor how much of the available balance in each currency Stripe keeps from such
 *     refunds
 * @param refundsNeedAction a refund is pending until the customer has given a destination, as with
 *     payment methods that do not support refunds
 * @param disputeFeeMinor Stripe's fee for a chargeback, in minor units of its currency
 * @param disputeFeeReturned whether Stripe returns the fee when the dispute is won
 */
public record Behaviour(
    @Nullable Boolean refundsNeedBalance,
    @Nullable Long reservedMinor,
    @Nullable Boolean refundsNeedAction,
    @Nullable Long disputeFeeMinor,
    @Nullable Boolean disputeFeeReturned) {}
