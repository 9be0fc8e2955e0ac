package io.cpdevents.sandbox.subscriptions;

import io.cpdevents.sandbox.objects.StripeObject;

/**
 * A subscription has been canceled for good.
 *
 * @param subscription locked by this transaction
 * @param isUnpaid whether that is because it was not paid
 */
public record SubscriptionCanceled(StripeObject subscription, boolean isUnpaid) {}
