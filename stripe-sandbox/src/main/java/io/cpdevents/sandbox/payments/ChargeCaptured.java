package io.cpdevents.sandbox.payments;

import io.cpdevents.sandbox.objects.StripeObject;

/**
 * A charge was captured. Published in the transaction of the change.
 *
 * @param charge the charge, written already
 */
public record ChargeCaptured(StripeObject charge) {}
