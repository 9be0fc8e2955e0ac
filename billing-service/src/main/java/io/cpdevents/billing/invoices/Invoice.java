package io.cpdevents.billing.invoices;

import io.cpdevents.billing.stripe.StripeInvoice;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An invoice of an organization, as Stripe has told of it.
 *
 * @param told what Stripe has said; never a draft
 */
public record Invoice(UUID organizationId, StripeInvoice told) {

  /** Whether it is one of this subscription. */
  public boolean isOf(@Nullable String subscriptionId) {
    return subscriptionId != null && subscriptionId.equals(told.subscriptionId());
  }

  /** Whether all of it is paid. */
  public boolean isPaid() {
    return told.status() == StripeInvoice.Status.PAID;
  }
}
