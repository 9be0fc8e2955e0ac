package io.cpdevents.billing.invoices;

import org.jspecify.annotations.Nullable;

/** What hears of invoices that have changed, in the transaction that has taken that over. */
public interface InvoiceListener {

  /**
   * An invoice has changed.
   *
   * @param before null when it is new
   */
  void changed(@Nullable Invoice before, Invoice after);
}
