package io.cpdevents.billing.settlements;

import io.cpdevents.platform.stripe.StripeUnavailable;

/**
 * Asks Stripe about one object of a kind, and applies the answer. Each feature has one for its
 * objects.
 */
public interface StripeLookup {

  /** The kind of object that it asks about. */
  SettlementKind kind();

  /**
   * Asks about one object.
   *
   * @param subjectId its id, as {@link SettlementKind} defines it
   * @throws StripeUnavailable when Stripe cannot be asked now
   */
  void ask(String subjectId);
}
