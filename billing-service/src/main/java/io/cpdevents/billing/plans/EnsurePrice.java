package io.cpdevents.billing.plans;

import io.cpdevents.billing.stripe.StripeSubscriptions;
import io.cpdevents.billing.stripe.StripeSubscriptions.PriceRequest;
import io.cpdevents.billing.stripe.StripeSubscriptions.ProductRequest;
import io.cpdevents.platform.stripe.StripeFailed;
import io.cpdevents.platform.stripe.StripeUnavailable;
import java.util.Currency;
import org.springframework.stereotype.Component;

/** What a plan costs becomes a price at Stripe, once for each amount and currency. */
@Component
public class EnsurePrice {

  private final PlanPrices prices;
  private final StripeSubscriptions stripe;

  EnsurePrice(PlanPrices prices, StripeSubscriptions stripe) {
    this.prices = prices;
    this.stripe = stripe;
  }

  /**
   * Stripe's id of the price, which is made with its product when there is none.
   *
   * @throws StripeUnavailable when Stripe cannot be asked now
   */
  public String handle(String planId, Currency currency) {
    PlanPrice price = prices.find(planId, currency);
    return stripe.priceByLookupKey(price.lookupKey()).orElseGet(() -> create(price));
  }

  private String create(PlanPrice price) {
    try {
      stripe.ensureProduct(
          new ProductRequest(
              price.productId(),
              price.planId(),
              price.planName(),
              price.idempotencyKey("product")));
      return stripe.createPrice(
          new PriceRequest(
              price.productId(), price.lookupKey(), price.amount(), price.idempotencyKey("price")));
    } catch (StripeFailed failed) {
      // Stripe may have stored the failure under the key.
      prices.beginNextAttempt(price);
      throw failed;
    }
  }
}
