package io.cpdevents.billing.invoices;

import io.cpdevents.billing.paymentmethods.PaymentMethodQueries;
import io.cpdevents.billing.stripe.StripeInvoice.Failure;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * A card may be chosen before we hear that the one before was declined, or that there was none:
 * what has failed is to be paid by it then, as if it had been chosen later. Stripe would not try it
 * before its next attempt, or never.
 */
@Component
class PayFailedInvoices implements InvoiceListener {

  private final Invoices invoices;
  private final PaymentMethodQueries paymentMethods;

  PayFailedInvoices(Invoices invoices, PaymentMethodQueries paymentMethods) {
    this.invoices = invoices;
    this.paymentMethods = paymentMethods;
  }

  @Override
  public boolean changed(@Nullable Invoice before, Invoice after, long question) {
    Failure failure = after.told().failure();
    if (failure != null && after.told().isOfNextPeriod() && after.isTriedSince(before)) {
      paymentMethods
          .validDefaultOf(after.organizationId())
          .filter(card -> !card.equals(failure.methodId()))
          .ifPresent(card -> invoices.payWith(after, card));
    }
    return true;
  }
}
