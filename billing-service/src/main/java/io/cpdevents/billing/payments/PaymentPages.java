package io.cpdevents.billing.payments;

import java.util.UUID;

/**
 * The pages on which a payment can be made. Payments know no pages: the feature that makes them
 * stands on this one, and implements this, so that a payment that needs none any more closes them
 * in the same transaction.
 */
public interface PaymentPages {

  /** The payment was made on the page of this attempt: another one that is open is closed. */
  void complete(UUID paymentId, int attempt);

  /** Nobody may pay any more: the page that is open is closed. */
  void close(UUID paymentId);
}
