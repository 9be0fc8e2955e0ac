package io.cpdevents.sandbox.payments;

import io.cpdevents.sandbox.objects.StripeObject;

/**
 * A charge is disputed, or an inquiry about it has become a chargeback; told in the transaction in
 * which it is.
 *
 * @param charge locked, and written already
 */
public record ChargeDisputed(StripeObject charge) {}
