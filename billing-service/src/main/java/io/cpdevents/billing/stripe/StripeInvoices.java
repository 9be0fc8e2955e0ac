package io.cpdevents.billing.stripe;

import io.cpdevents.platform.stripe.StripeRefused;
import io.cpdevents.platform.stripe.StripeUnavailable;
import java.util.Optional;

/**
 * What billing asks of Stripe about invoices. Never called inside a database transaction.
 *
 * <p>Every method throws {@link StripeUnavailable} when Stripe cannot be asked now, and {@link
 * StripeRefused} when Stripe has refused for good.
 */
public interface StripeInvoices {

  /** The invoice as it is now; empty when it was a draft and is deleted. */
  Optional<StripeInvoice> invoice(String invoiceId);

  /** The invoice that a payment intent pays; empty when it pays none. */
  Optional<String> invoiceOfPaymentIntent(String paymentIntentId);
}
