package io.cpdevents.billing.plans;

import io.cpdevents.platform.money.Money;
import java.util.Locale;

/**
 * What a plan costs a month in one currency.
 *
 * @param attempt how often Stripe was asked to make it, from 1
 */
record PlanPrice(String planId, String planName, Money amount, int attempt) {

  /** Stripe's id of the plan's product, which we choose. */
  String productId() {
    return productId(planId);
  }

  static String productId(String planId) {
    return "cpd-" + planId;
  }

  /**
   * By which the price is found at Stripe. It contains the amount: another amount is another price,
   * and a subscription keeps the one that it began with.
   */
  String lookupKey() {
    return "cpd-%s-%s-%d"
        .formatted(
            planId,
            amount.currency().getCurrencyCode().toLowerCase(Locale.ROOT),
            amount.amountMinor());
  }

  /** The idempotency key at Stripe of making a part of the catalogue. */
  String idempotencyKey(String part) {
    return "%s:%s:%d".formatted(part, lookupKey(), attempt);
  }
}
