package io.cpdevents.billing.payments;

import java.util.UUID;

/**
 * The pages on which a payment can be made. Payments know no pages: the feature that makes them
 * depends on this one and implements this interface, so that pages which nobody needs any more are
 * closed in the transaction of the payment.
 */
public interface PaymentPages {

  /** The payment was made on the page of this attempt: another one that is open is closed. */
  void complete(UUID paymentId, int attempt);

  /** Nobody may pay any more: the page that is open is closed. */
  void close(UUID paymentId);
}
