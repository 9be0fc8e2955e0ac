package io.cpdevents.sandbox.subscriptions;

import io.cpdevents.sandbox.objects.StripeObject;
import tools.jackson.databind.node.ObjectNode;

/**
 * A change of what a subscription costs, within its period.
 *
 * @param price the new price
 * @param quantity the new quantity
 * @param prorations what is done with the difference for the rest of the period
 * @param date the second from which on the new price counts
 * @param endsTrial whether a trial ends with it, so that its first month begins
 */
record PriceChange(
    StripeObject price, long quantity, Prorating prorations, long date, boolean endsTrial) {

  /** What is done with the difference, Stripe's {@code proration_behavior}. */
  enum Prorating {
    /** Invoiced and charged at once. */
    ALWAYS_INVOICE,
    /** On the next invoice. */
    CREATE_PRORATIONS,
    NONE
  }

  /** The item as it is after the change. */
  ObjectNode applied(ObjectNode item) {
    ObjectNode changed = item.deepCopy();
    SubscriptionItems.set(changed, price.body(), quantity);
    if (endsTrial) {
      changed.put("current_period_start", date);
      changed.put("current_period_end", BeginPeriod.monthAfter(date, date));
    }
    return changed;
  }
}
