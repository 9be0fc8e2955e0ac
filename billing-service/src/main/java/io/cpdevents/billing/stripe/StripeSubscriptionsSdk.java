package io.cpdevents.billing.stripe;

import com.stripe.StripeClient;
import com.stripe.model.Invoice;
import com.stripe.model.InvoiceLineItem;
import com.stripe.model.Price;
import com.stripe.model.Subscription;
import com.stripe.model.SubscriptionItem;
import com.stripe.model.SubscriptionSchedule;
import com.stripe.net.RequestOptions;
import com.stripe.param.InvoiceCreatePreviewParams;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.PriceListParams;
import com.stripe.param.ProductCreateParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.SubscriptionCreateParams.TrialSettings.EndBehavior;
import com.stripe.param.SubscriptionListParams;
import com.stripe.param.SubscriptionScheduleCreateParams;
import com.stripe.param.SubscriptionScheduleReleaseParams;
import com.stripe.param.SubscriptionScheduleUpdateParams;
import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.common.EmptyParam;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.stripe.StripeCalls;
import io.cpdevents.platform.stripe.StripeRefused;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Calls Stripe by Stripe's own library, about plans and subscriptions. */
@Component
class StripeSubscriptionsSdk implements StripeSubscriptions {

  private static final String ORGANIZATION_ID = "organizationId";
  private static final String CHANGE_ID = "changeId";
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
            .putMetadata(ORGANIZATION_ID, request.organizationId().toString())
            .build();
    return read(
        calls.make(
            "start trial",
            () -> client.v1().subscriptions().create(params, key(request.idempotencyKey()))));
  }

  @Override
  public Preview previewUpgrade(UpgradeRequest request) {
    InvoiceCreatePreviewParams.SubscriptionDetails.Builder details =
        InvoiceCreatePreviewParams.SubscriptionDetails.builder()
            .addItem(
                InvoiceCreatePreviewParams.SubscriptionDetails.Item.builder()
                    .setId(request.itemId())
                    .setPrice(request.priceId())
                    .build())
            .setProrationBehavior(
                InvoiceCreatePreviewParams.SubscriptionDetails.ProrationBehavior.ALWAYS_INVOICE);
    // A trial has paid nothing that would be given back by the second.
    if (request.endsTrial()) {
      details.setTrialEnd(InvoiceCreatePreviewParams.SubscriptionDetails.TrialEnd.NOW);
    } else {
      details.setProrationDate(request.prorationDate().getEpochSecond());
    }
    InvoiceCreatePreviewParams params =
        InvoiceCreatePreviewParams.builder()
            .setSubscription(request.subscriptionId())
            .setSubscriptionDetails(details.build())
            .build();
    return preview(params);
  }

  @Override
  public Preview previewPurchase(String customerId, String priceId) {
    InvoiceCreatePreviewParams params =
        InvoiceCreatePreviewParams.builder()
            .setCustomer(customerId)
            .setSubscriptionDetails(
                InvoiceCreatePreviewParams.SubscriptionDetails.builder()
                    .addItem(
                        InvoiceCreatePreviewParams.SubscriptionDetails.Item.builder()
                            .setPrice(priceId)
                            .build())
                    .build())
            .build();
    return preview(params);
  }

  private Preview preview(InvoiceCreatePreviewParams params) {
    Invoice invoice =
        calls.make("preview invoice", () -> client.v1().invoices().createPreview(params));
    String currency = invoice.getCurrency().toUpperCase(Locale.ROOT);
    List<PreviewLine> lines = new ArrayList<>();
    long sum = 0;
    for (InvoiceLineItem line : invoice.getLines().getData()) {
      sum += line.getAmount();
      lines.add(
          new PreviewLine(
              Objects.requireNonNullElse(line.getDescription(), ""),
              Money.of(line.getAmount(), currency)));
    }
    long fromBalance = invoice.getAmountDue() - sum;
    if (fromBalance != 0) {
      // What the customer has left, or what is too little to be charged and goes on the next one.
      lines.add(new PreviewLine("Balance", Money.of(fromBalance, currency)));
    }
    return new Preview(Money.of(invoice.getAmountDue(), currency), lines, isPutOff(invoice));
  }

  /**
   * What a credit of the customer pays is paid, but for cents that are too few to be charged, and
   * so is what gives something back, or costs what was paid for it before.
   */
  private static boolean isPutOff(Invoice invoice) {
    long total = invoice.getTotal();
    boolean isNothing =
        invoice.getLines().getData().stream().allMatch(line -> line.getAmount() == 0);
    return invoice.getAmountDue() == 0
        && (isNothing || (total > 0 && invoice.getStartingBalance() >= 0));
  }

  @Override
  public void upgrade(UpgradeRequest request, String idempotencyKey) {
    SubscriptionUpdateParams.Builder params =
        SubscriptionUpdateParams.builder()
            .addItem(
                SubscriptionUpdateParams.Item.builder()
                    .setId(request.itemId())
                    .setPrice(request.priceId())
                    .build())
            .setProrationBehavior(SubscriptionUpdateParams.ProrationBehavior.ALWAYS_INVOICE)
            .setPaymentBehavior(SubscriptionUpdateParams.PaymentBehavior.PENDING_IF_INCOMPLETE);
    if (request.endsTrial()) {
      params.setTrialEnd(SubscriptionUpdateParams.TrialEnd.NOW);
    } else {
      params.setProrationDate(request.prorationDate().getEpochSecond());
    }
    calls.make(
        "upgrade subscription",
        () ->
            client
                .v1()
                .subscriptions()
                .update(request.subscriptionId(), params.build(), key(idempotencyKey)));
  }

  @Override
  public StripeSubscription purchase(PurchaseRequest request) {
    SubscriptionCreateParams params =
        SubscriptionCreateParams.builder()
            .setCustomer(request.customerId())
            .addItem(SubscriptionCreateParams.Item.builder().setPrice(request.priceId()).build())
            .setPaymentBehavior(SubscriptionCreateParams.PaymentBehavior.ALLOW_INCOMPLETE)
            .putMetadata(ORGANIZATION_ID, request.organizationId().toString())
            .putMetadata(CHANGE_ID, request.changeId().toString())
            .build();
    return read(
        calls.make(
            "make subscription",
            () -> client.v1().subscriptions().create(params, key(request.idempotencyKey()))));
  }

  @Override
  public String createSchedule(String subscriptionId, String idempotencyKey) {
    SubscriptionScheduleCreateParams params =
        SubscriptionScheduleCreateParams.builder().setFromSubscription(subscriptionId).build();
    return calls.make(
        "create schedule",
        () -> client.v1().subscriptionSchedules().create(params, key(idempotencyKey)).getId());
  }

  @Override
  public Schedule schedule(String scheduleId) {
    SubscriptionSchedule schedule =
        calls.make("get schedule", () -> client.v1().subscriptionSchedules().retrieve(scheduleId));
    SubscriptionSchedule.CurrentPhase present = schedule.getCurrentPhase();
    return new Schedule(
        schedule.getId(),
        schedule.getPhases().stream()
            .filter(phase -> present != null && phase.getStartDate() >= present.getEndDate())
            .map(phase -> phase.getItems().getFirst().getPrice())
            .findFirst()
            .orElse(null));
  }

  @Override
  public void scheduleNext(
      String scheduleId, StripeSubscription subscription, String priceId, String idempotencyKey) {
    StripeSubscription.Period period = subscription.period();
    SubscriptionScheduleUpdateParams params =
        SubscriptionScheduleUpdateParams.builder()
            .setEndBehavior(SubscriptionScheduleUpdateParams.EndBehavior.RELEASE)
            .setProrationBehavior(SubscriptionScheduleUpdateParams.ProrationBehavior.NONE)
            .addPhase(
                phase(subscription.item().priceId())
                    .setStartDate(period.start().getEpochSecond())
                    .setEndDate(period.end().getEpochSecond())
                    .build())
            .addPhase(
                phase(priceId)
                    .setDuration(
                        SubscriptionScheduleUpdateParams.Phase.Duration.builder()
                            .setInterval(
                                SubscriptionScheduleUpdateParams.Phase.Duration.Interval.MONTH)
                            .setIntervalCount(1L)
                            .build())
                    .build())
            .build();
    calls.make(
        "schedule the next price",
        () -> client.v1().subscriptionSchedules().update(scheduleId, params, key(idempotencyKey)));
  }

  private static SubscriptionScheduleUpdateParams.Phase.Builder phase(String priceId) {
    return SubscriptionScheduleUpdateParams.Phase.builder()
        .addItem(
            SubscriptionScheduleUpdateParams.Phase.Item.builder()
                .setPrice(priceId)
                .setQuantity(1L)
                .build())
        .setProrationBehavior(SubscriptionScheduleUpdateParams.Phase.ProrationBehavior.NONE);
  }

  @Override
  public void release(String scheduleId, String idempotencyKey) {
    calls.make(
        "release schedule",
        () ->
            client
                .v1()
                .subscriptionSchedules()
                .release(
                    scheduleId,
                    SubscriptionScheduleReleaseParams.builder().build(),
                    key(idempotencyKey)));
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

  @Override
  public void setRenewal(String subscriptionId, boolean renews, String idempotencyKey) {
    SubscriptionUpdateParams.Builder params = SubscriptionUpdateParams.builder();
    if (renews && endsOnDate(subscriptionId)) {
      params.setCancelAt(EmptyParam.EMPTY);
    } else {
      params.setCancelAtPeriodEnd(!renews);
    }
    calls.make(
        "change renewal of subscription",
        () ->
            client
                .v1()
                .subscriptions()
                .update(subscriptionId, params.build(), key(idempotencyKey)));
  }

  /** Whether it was cancelled to a date, as Stripe's own pages do it. */
  private boolean endsOnDate(String subscriptionId) {
    Subscription present =
        calls.make("get subscription", () -> client.v1().subscriptions().retrieve(subscriptionId));
    return !Boolean.TRUE.equals(present.getCancelAtPeriodEnd()) && present.getCancelAt() != null;
  }

  @Override
  public void cancel(String subscriptionId) {
    try {
      calls.make("cancel subscription", () -> client.v1().subscriptions().cancel(subscriptionId));
    } catch (StripeRefused refused) {
      // It is over: Stripe answers as if it were not there.
      if (refused.status() != NOT_FOUND) {
        throw refused;
      }
    }
  }

  private static StripeSubscription read(Subscription subscription) {
    SubscriptionItem item = subscription.getItems().getData().getFirst();
    Subscription.PendingUpdate pending = subscription.getPendingUpdate();
    return new StripeSubscription(
        subscription.getId(),
        subscription.getCustomer(),
        id(subscription.getMetadata(), ORGANIZATION_ID),
        switch (subscription.getStatus()) {
          case "trialing" -> StripeSubscription.Status.TRIALING;
          case "active" -> StripeSubscription.Status.ACTIVE;
          case "past_due", "unpaid" -> StripeSubscription.Status.PAST_DUE;
          case "canceled", "incomplete_expired" -> StripeSubscription.Status.ENDED;
          default -> StripeSubscription.Status.OPEN;
        },
        subscription.getDefaultPaymentMethod(),
        renews(subscription, item),
        period(item),
        new StripeSubscription.Item(
            item.getId(), item.getPrice().getId(), item.getPrice().getProduct()),
        id(subscription.getMetadata(), CHANGE_ID),
        pending == null ? null : Instant.ofEpochSecond(pending.getExpiresAt()),
        subscription.getSchedule(),
        subscription.getLatestInvoice());
  }

  /** What is cancelled to a date goes on until the month in which that is. */
  private static boolean renews(Subscription subscription, SubscriptionItem item) {
    Long end = subscription.getCancelAt();
    return !Boolean.TRUE.equals(subscription.getCancelAtPeriodEnd())
        && (end == null || end > item.getCurrentPeriodEnd());
  }

  private static StripeSubscription.Period period(SubscriptionItem item) {
    return new StripeSubscription.Period(
        Instant.ofEpochSecond(item.getCurrentPeriodStart()),
        Instant.ofEpochSecond(item.getCurrentPeriodEnd()));
  }

  /** Others may write there what they like. */
  private static @Nullable UUID id(Map<String, String> metadata, String name) {
    try {
      String id = metadata.get(name);
      return id == null ? null : UUID.fromString(id);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  private static RequestOptions key(String idempotencyKey) {
    return RequestOptions.builder().setIdempotencyKey(idempotencyKey).build();
  }
}
