package io.cpdevents.billing.invoices;

import org.springframework.stereotype.Component;

/** A plan is about to be ended: no other card pays what is open of it any more. */
@Component
public class GiveUpInvoices {

  private final Invoices invoices;

  GiveUpInvoices(Invoices invoices) {
    this.invoices = invoices;
  }

  /**
   * Gives up what is open of a subscription. After it no charge of ours is under way or begins, so
   * what Stripe says then about the subscription is not changed by us.
   *
   * @return false when another card is being charged now: the plan must wait for the answer
   */
  public boolean handle(String stripeSubscriptionId) {
    return invoices.giveUp(stripeSubscriptionId);
  }
}
