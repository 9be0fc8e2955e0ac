package io.cpdevents.sandbox.payments;

import io.cpdevents.sandbox.objects.StripeObject;

/**
 * A charge was refunded, completely or in part. Published in the transaction of the change.
 *
 * @param charge the charge, locked, and written already
 */
public record ChargeRefunded(StripeObject charge) {}
