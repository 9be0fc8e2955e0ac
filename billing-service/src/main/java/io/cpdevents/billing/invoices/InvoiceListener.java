package io.cpdevents.billing.invoices;

import org.jspecify.annotations.Nullable;

/** What hears of invoices that have changed, in the transaction that has taken that over. */
public interface InvoiceListener {

  /**
   * An invoice has changed.
   *
   * @param before null when it is new
   * @param question whose answer it is, numbered together with those about subscriptions
   * @return false when the answer to a later question is known that may say otherwise: nothing is
   *     taken over, and Stripe is asked again
   */
  boolean changed(@Nullable Invoice before, Invoice after, long question);
}
