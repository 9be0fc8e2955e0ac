package io.cpdevents.sandbox.invoices;

import io.cpdevents.sandbox.objects.StripeObject;

/**
 * An open invoice is not to be paid any more.
 *
 * @param invoice locked by this transaction
 */
public record InvoiceVoided(StripeObject invoice) {}
