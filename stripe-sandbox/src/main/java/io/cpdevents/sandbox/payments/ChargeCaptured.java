package io.cpdevents.sandbox.payments;

import io.cpdevents.sandbox.objects.StripeObject;

/**
 * The money of a charge has been taken; told in the transaction in which it was.
 *
 * @param charge written already
 */
public record ChargeCaptured(StripeObject charge) {}
