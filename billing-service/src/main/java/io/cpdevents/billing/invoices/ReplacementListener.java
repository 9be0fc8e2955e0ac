package io.cpdevents.billing.invoices;

import org.jspecify.annotations.Nullable;

/** What hears, once for each card and invoice, that a card in place of a declined one was, too. */
public interface ReplacementListener {

  /**
   * A card that has not paid.
   *
   * @param methodId Stripe's id of it
   * @param declineCode why, in Stripe's word; null when Stripe says none
   */
  record DeclinedCard(String methodId, @Nullable String declineCode) {}

  /** It was declined; the invoice is open. */
  void declined(Invoice invoice, DeclinedCard card);
}
