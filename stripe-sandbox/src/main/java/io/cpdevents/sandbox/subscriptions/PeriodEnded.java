package io.cpdevents.sandbox.subscriptions;

import io.cpdevents.sandbox.objects.StripeObject;

/**
 * The period of a subscription is over, and the next one is about to begin with what the listeners
 * make of the subscription. The next one does not begin when they cancel it.
 *
 * @param subscription locked by this transaction
 */
public record PeriodEnded(StripeObject subscription) {}
