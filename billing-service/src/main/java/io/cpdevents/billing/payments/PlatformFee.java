package io.cpdevents.billing.payments;

import io.cpdevents.billing.plans.FeeRule;
import io.cpdevents.platform.money.Money;

/**
 * What the platform keeps of a payment, out of its amount: fixed when the payment is opened.
 *
 * @param rule how it was computed
 * @param refundable whether the platform gives its share of the fee back with a refund; when not,
 *     the organization bears all of a refund
 */
public record PlatformFee(FeeRule rule, Money amount, boolean refundable) {}
