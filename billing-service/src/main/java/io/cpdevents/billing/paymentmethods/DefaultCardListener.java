package io.cpdevents.billing.paymentmethods;

import java.util.UUID;

/** What hears which card pays. */
public interface DefaultCardListener {

  /**
   * Somebody wants a card to pay.
   *
   * @throws io.cpdevents.platform.error.RuleViolation 429 {@code too-many-requests} when that would
   *     charge it, and cards were declined too often
   */
  void toBeChosen(UUID organizationId);

  /**
   * Somebody has chosen the card that pays already.
   *
   * @param methodId Stripe's id of it
   */
  void chosenAgain(UUID organizationId, String methodId);

  /**
   * Another card pays from now on, in the transaction that has taken that over.
   *
   * @param methodId Stripe's id of it
   */
  void replaced(UUID organizationId, String methodId);
}
