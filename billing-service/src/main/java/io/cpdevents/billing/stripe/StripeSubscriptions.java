package io.cpdevents.billing.stripe;

import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.stripe.StripeRefused;
import io.cpdevents.platform.stripe.StripeUnavailable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

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

  /**
   * Another price for a running subscription, at once; what is left of the month is settled by the
   * second.
   *
   * @param prorationDate the second from which on the new price counts
   * @param endsTrial whether a trial is over with it
   */
  record UpgradeRequest(
      String subscriptionId,
      String itemId,
      String priceId,
      Instant prorationDate,
      boolean endsTrial) {}

  /** A subscription that is charged at once. */
  record PurchaseRequest(
      UUID organizationId,
      UUID changeId,
      String customerId,
      String priceId,
      String idempotencyKey) {}

  /** A line of an invoice that Stripe would make. */
  record PreviewLine(String description, Money amount) {}

  /**
   * An invoice that Stripe would make.
   *
   * @param due what would be charged
   * @param isPutOff whether it costs too little to be charged, or nothing: it goes on the next one
   */
  record Preview(Money due, List<PreviewLine> lines, boolean isPutOff) {}

  /**
   * What decides the price of a subscription.
   *
   * @param nextPriceId what follows the present one; null when nothing does
   */
  record Schedule(String id, @Nullable String nextPriceId) {}

  /** The price that has this key; empty when there is none. */
  Optional<String> priceByLookupKey(String lookupKey);

  /** Makes the product, unless it is there. */
  void ensureProduct(ProductRequest request);

  /** Makes a price and returns its id. */
  String createPrice(PriceRequest request);

  /** Begins a trial. */
  StripeSubscription startTrial(TrialRequest request);

  /** What an upgrade would cost now. */
  Preview previewUpgrade(UpgradeRequest request);

  /** What a customer would be charged now for a new subscription. */
  Preview previewPurchase(String customerId, String priceId);

  /**
   * Upgrades a subscription. As long as its money is not there the price stays as it was and the
   * change is pending.
   */
  void upgrade(UpgradeRequest request, String idempotencyKey);

  /** Makes a subscription; as long as its first invoice is not paid it is {@code OPEN}. */
  StripeSubscription purchase(PurchaseRequest request);

  /**
   * Lets a schedule decide what the subscription costs; it begins with what there is.
   *
   * @return its id
   */
  String createSchedule(String subscriptionId, String idempotencyKey);

  /** A schedule as it is now. */
  Schedule schedule(String scheduleId);

  /** Lets another price follow with the next period, and the schedule end there. */
  void scheduleNext(
      String scheduleId, StripeSubscription subscription, String priceId, String idempotencyKey);

  /** Lets go of the subscription, which stays as it is; once it is released that is so. */
  void release(String scheduleId, String idempotencyKey);

  /** Every subscription of a customer, newest first, also those that are over. */
  List<StripeSubscription> subscriptionsOf(String customerId);

  /** Lets a subscription go on after its period, or end with it. */
  void setRenewal(String subscriptionId, boolean renews, String idempotencyKey);

  /** Cancels a subscription at once; one that is over stays so. */
  void cancel(String subscriptionId);

  /** The subscription as it is now. */
  StripeSubscription subscription(String subscriptionId);
}
