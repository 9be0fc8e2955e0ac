package io.cpdevents.billing.paymentmethods;

import java.util.UUID;

/** What hears that another card pays, in the transaction that has taken that over. */
public interface DefaultCardListener {

  /**
   * Another card pays from now on.
   *
   * @param methodId Stripe's id of it
   */
  void replaced(UUID organizationId, String methodId);
}
