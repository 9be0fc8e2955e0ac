package io.cpdevents.billing.stripe;

import com.stripe.StripeClient;
import com.stripe.model.Price;
import com.stripe.model.Subscription;
import com.stripe.model.SubscriptionItem;
import com.stripe.net.RequestOptions;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.PriceListParams;
import com.stripe.param.ProductCreateParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.SubscriptionCreateParams.TrialSettings.EndBehavior;
import com.stripe.param.SubscriptionListParams;
import io.cpdevents.platform.stripe.StripeCalls;
import io.cpdevents.platform.stripe.StripeRefused;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Calls Stripe by Stripe's own library, about plans and subscriptions. */
@Component
class StripeSubscriptionsSdk implements StripeSubscriptions {

  private static final String ORGANIZATION_ID = "organizationId";
  private static final String PLAN_ID = "planId";
  private static final String ALREADY_EXISTS = "resource_already_exists";
  private static final int NOT_FOUND = 404;

  /** More than an organization ever has. */
  private static final long MAX_SUBSCRIPTIONS = 100;

  private final StripeClient client;
  private final StripeCalls calls;

  StripeSubscriptionsSdk(StripeClient client, StripeCalls calls) {
    this.client = client;
    this.calls = calls;
  }

  @Override
  public Optional<String> priceByLookupKey(String lookupKey) {
    PriceListParams params =
        PriceListParams.builder().addLookupKey(lookupKey).setActive(true).build();
    return calls.make("find price", () -> client.v1().prices().list(params)).getData().stream()
        .map(Price::getId)
        .findFirst();
  }

  @Override
  public void ensureProduct(ProductRequest request) {
    if (hasProduct(request.id())) {
      return;
    }
    ProductCreateParams params =
        ProductCreateParams.builder()
            .setId(request.id())
            .setName(request.name())
            .putMetadata(PLAN_ID, request.planId())
            .build();
    try {
      calls.make(
          "create product",
          () -> client.v1().products().create(params, key(request.idempotencyKey())));
    } catch (StripeRefused refused) {
      // Somebody else has made it meanwhile, for a price in another currency.
      if (!ALREADY_EXISTS.equals(refused.code())) {
        throw refused;
      }
    }
  }

  private boolean hasProduct(String productId) {
    try {
      calls.make("get product", () -> client.v1().products().retrieve(productId));
      return true;
    } catch (StripeRefused refused) {
      if (refused.status() != NOT_FOUND) {
        throw refused;
      }
      return false;
    }
  }

  @Override
  public String createPrice(PriceRequest request) {
    PriceCreateParams params =
        PriceCreateParams.builder()
            .setProduct(request.productId())
            .setLookupKey(request.lookupKey())
            .setCurrency(request.amount().currency().getCurrencyCode().toLowerCase(Locale.ROOT))
            .setUnitAmount(request.amount().amountMinor())
            .setRecurring(
                PriceCreateParams.Recurring.builder()
                    .setInterval(PriceCreateParams.Recurring.Interval.MONTH)
                    .build())
            .build();
    return calls.make(
        "create price",
        () -> client.v1().prices().create(params, key(request.idempotencyKey())).getId());
  }

  @Override
  public StripeSubscription startTrial(TrialRequest request) {
    SubscriptionCreateParams params =
        SubscriptionCreateParams.builder()
            .setCustomer(request.customerId())
            .addItem(SubscriptionCreateParams.Item.builder().setPrice(request.priceId()).build())
            .setTrialEnd(request.trialEndsAt().getEpochSecond())
            .setTrialSettings(
                SubscriptionCreateParams.TrialSettings.builder()
                    .setEndBehavior(
                        EndBehavior.builder()
                            .setMissingPaymentMethod(EndBehavior.MissingPaymentMethod.CANCEL)
                            .build())
                    .build())
            .setPaymentSettings(
                SubscriptionCreateParams.PaymentSettings.builder()
                    .setSaveDefaultPaymentMethod(
                        SubscriptionCreateParams.PaymentSettings.SaveDefaultPaymentMethod
                            .ON_SUBSCRIPTION)
                    .build())
            .putMetadata(ORGANIZATION_ID, request.organizationId().toString())
            .build();
    return read(
        calls.make(
            "start trial",
            () -> client.v1().subscriptions().create(params, key(request.idempotencyKey()))));
  }

  @Override
  public List<StripeSubscription> subscriptionsOf(String customerId) {
    SubscriptionListParams params =
        SubscriptionListParams.builder()
            .setCustomer(customerId)
            .setStatus(SubscriptionListParams.Status.ALL)
            .setLimit(MAX_SUBSCRIPTIONS)
            .build();
    return calls
        .make("list subscriptions", () -> client.v1().subscriptions().list(params))
        .getData()
        .stream()
        .map(StripeSubscriptionsSdk::read)
        .toList();
  }

  @Override
  public StripeSubscription subscription(String subscriptionId) {
    return read(
        calls.make("get subscription", () -> client.v1().subscriptions().retrieve(subscriptionId)));
  }

  private static StripeSubscription read(Subscription subscription) {
    return new StripeSubscription(
        subscription.getId(),
        organizationOf(subscription.getMetadata()),
        switch (subscription.getStatus()) {
          case "trialing" -> StripeSubscription.Status.TRIALING;
          case "active" -> StripeSubscription.Status.ACTIVE;
          case "canceled", "incomplete_expired", "unpaid" -> StripeSubscription.Status.ENDED;
          default -> StripeSubscription.Status.OPEN;
        },
        subscription.getDefaultPaymentMethod(),
        period(subscription));
  }

  private static StripeSubscription.Period period(Subscription subscription) {
    SubscriptionItem item = subscription.getItems().getData().getFirst();
    return new StripeSubscription.Period(
        Instant.ofEpochSecond(item.getCurrentPeriodStart()),
        Instant.ofEpochSecond(item.getCurrentPeriodEnd()));
  }

  /** Others may write there what they like. */
  private static @Nullable UUID organizationOf(Map<String, String> metadata) {
    try {
      String id = metadata.get(ORGANIZATION_ID);
      return id == null ? null : UUID.fromString(id);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  private static RequestOptions key(String idempotencyKey) {
    return RequestOptions.builder().setIdempotencyKey(idempotencyKey).build();
  }
}
