package io.cpdevents.billing.settlements;

import io.cpdevents.platform.stripe.StripeUnavailable;

/** How a feature asks Stripe about one thing of a kind, and takes over the answer. */
public interface Inquiry {

  /** The kind that it knows. */
  SettlementKind kind();

  /**
   * Asks about one.
   *
   * @param subjectId as {@link SettlementKind} says
   * @throws StripeUnavailable when Stripe cannot be asked now
   */
  void ask(String subjectId);
}
