package io.cpdevents.sandbox.payments;

import io.cpdevents.sandbox.objects.StripeObject;

/**
 * A charge was disputed, or an inquiry about it has become a chargeback. Published in the
 * transaction of the change.
 *
 * @param charge the charge, locked, and written already
 */
public record ChargeDisputed(StripeObject charge) {}
