package io.cpdevents.billing.invoices;

import io.cpdevents.billing.stripe.StripeInvoices;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** A plan is over: what is open of it at Stripe is to be voided, so that nobody pays it later. */
@Component
public class RequestVoiding {

  private final StripeInvoices stripe;
  private final SettleInvoice settleInvoice;
  private final Invoices invoices;
  private final Clock clock;

  RequestVoiding(
      StripeInvoices stripe, SettleInvoice settleInvoice, Invoices invoices, Clock clock) {
    this.stripe = stripe;
    this.settleInvoice = settleInvoice;
    this.invoices = invoices;
    this.clock = clock;
  }

  /** Takes over what is open of a subscription, and has it voided. */
  public void handle(String stripeSubscriptionId) {
    stripe.openInvoicesOf(stripeSubscriptionId).forEach(settleInvoice::handle);
    invoices.voidAll(stripeSubscriptionId, clock.instant());
  }
}
