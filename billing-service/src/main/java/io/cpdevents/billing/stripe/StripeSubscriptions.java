package io.cpdevents.billing.stripe;

import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.stripe.StripeRefused;
import io.cpdevents.platform.stripe.StripeUnavailable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What billing asks of Stripe about plans and the organizations that subscribe to them. Never
 * called inside a database transaction.
 *
 * <p>Every method throws {@link StripeUnavailable} when the outcome is not known or Stripe cannot
 * be asked now, and {@link StripeRefused} when Stripe has refused for good. What creates something
 * carries the caller's own persisted idempotency key.
 */
public interface StripeSubscriptions {

  /** A plan as a product. */
  record ProductRequest(String id, String planId, String name, String idempotencyKey) {}

  /**
   * What a product costs a month.
   *
   * @param lookupKey by which it is found
   */
  record PriceRequest(String productId, String lookupKey, Money amount, String idempotencyKey) {}

  /** A subscription that begins with a trial, and ends with it unless there is a card by then. */
  record TrialRequest(
      UUID organizationId,
      String customerId,
      String priceId,
      Instant trialEndsAt,
      String idempotencyKey) {}

  /** The price that has this key; empty when there is none. */
  Optional<String> priceByLookupKey(String lookupKey);

  /** Makes the product, unless it is there. */
  void ensureProduct(ProductRequest request);

  /** Makes a price and returns its id. */
  String createPrice(PriceRequest request);

  /** Begins a trial. */
  StripeSubscription startTrial(TrialRequest request);

  /** Every subscription of a customer, newest first, also those that are over. */
  List<StripeSubscription> subscriptionsOf(String customerId);

  /** The subscription as it is now. */
  StripeSubscription subscription(String subscriptionId);
}
