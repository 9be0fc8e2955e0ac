package io.cpdevents.sandbox.payments;

import io.cpdevents.sandbox.objects.StripeObject;

/**
 * Money of a charge goes back; told in the transaction in which it does.
 *
 * @param charge locked, and written already
 */
public record ChargeRefunded(StripeObject charge) {}
