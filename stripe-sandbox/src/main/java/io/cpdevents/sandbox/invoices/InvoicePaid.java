package io.cpdevents.sandbox.invoices;

import io.cpdevents.sandbox.objects.StripeObject;

/**
 * An invoice has been paid.
 *
 * @param invoice locked by this transaction
 */
public record InvoicePaid(StripeObject invoice) {}
