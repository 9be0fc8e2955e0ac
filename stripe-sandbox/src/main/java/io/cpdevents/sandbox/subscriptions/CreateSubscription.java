package io.cpdevents.sandbox.subscriptions;

import io.cpdevents.sandbox.api.Metadata;
import io.cpdevents.sandbox.api.Params;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.api.StripeRequest;
import io.cpdevents.sandbox.customers.Customers;
import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.StripeIds;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.time.PlannedSteps;
import io.cpdevents.sandbox.time.SandboxClock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Creates a subscription of one price, which begins with a trial or is charged at once. */
@Component
class CreateSubscription {
  private static final Duration DAY = Duration.ofDays(1);

  /** Stripe takes no trial that is longer. */
  private static final Duration MAX_TRIAL = Duration.ofDays(730);

  private final StripeObjects objects;
  private final Customers customers;
  private final Subscriptions subscriptions;
  private final Events events;
  private final PlannedSteps steps;
  private final SandboxClock clock;
  private final SubscriptionItems items;
  private final StartSubscription startSubscription;

  CreateSubscription(
      StripeObjects objects,
      Customers customers,
      Subscriptions subscriptions,
      Events events,
      PlannedSteps steps,
      SandboxClock clock,
      SubscriptionItems items,
      StartSubscription startSubscription) {
    this.startSubscription = startSubscription;
    this.items = items;
    this.objects = objects;
    this.customers = customers;
    this.subscriptions = subscriptions;
    this.events = events;
    this.steps = steps;
    this.clock = clock;
  }

  StripeObject handle(StripeRequest request) {
    Params params = request.params();
    long now = clock.epochSecond();
    StripeObject subscription =
        StripeObject.shaped(request.account(), Subscriptions.KIND, StripeIds.next("sub"), now);
    ObjectNode body = subscription.body();
    String customer = params.requiredText("customer");
    customers.require(request.account(), customer, "customer");
    body.put("customer", customer);
    subscriptions.readDefaultMethod(params, subscription);
    Long trialEnd = readTrialEnd(params, now);
    PaymentBehavior behavior = PaymentBehavior.readFirst(params);
    body.put("start_date", now);
    body.put("billing_cycle_anchor", trialEnd == null ? now : trialEnd);
    body.put("description", params.text("description"));
    readEndBehavior(params, body);
    readPaymentSettings(params, body);
    addItem(params, subscription, trialEnd);
    Metadata.merge(params, body);
    params.refuseOthers();
    if (trialEnd == null) {
      startCharged(subscription, behavior);
    } else {
      startTrial(subscription, now, trialEnd);
    }
    return subscription;
  }

  private void startTrial(StripeObject subscription, long now, long trialEnd) {
    ObjectNode body = subscription.body();
    body.put("trial_start", now);
    body.put("trial_end", trialEnd);
    body.put("status", Subscriptions.TRIALING);
    objects.add(subscription);
    startSubscription.invoiceTrial(subscription);
    events.record("customer.subscription.created", subscription);
    steps.planAt(
        Math.max(now, trialEnd - AnnounceTrialEnd.SECONDS_BEFORE_END),
        AnnounceTrialEnd.KIND,
        subscription.id());
    steps.planAt(trialEnd, EndTrial.KIND, subscription.id());
    long notice = trialEnd - AnnounceInvoice.NOTICE.toSeconds();
    if (notice > now) {
      steps.planAt(notice, AnnounceInvoice.KIND, subscription.id());
    }
  }

  private void startCharged(StripeObject subscription, PaymentBehavior behavior) {
    if (behavior != PaymentBehavior.DEFAULT_INCOMPLETE
        && !subscriptions.hasPaymentMethod(subscription)) {
      throw StripeRefusal.invalid(
          "resource_missing",
          null,
          "This customer has no attached payment source or default payment method. Please consider"
              + " adding a default payment method.");
    }
    subscription.body().put("status", "incomplete");
    objects.add(subscription);
    events.record("customer.subscription.created", subscription);
    startSubscription.charge(subscription, behavior);
  }

  private static @Nullable Long readTrialEnd(Params params, long now) {
    Long end = params.integer("trial_end");
    Long days = params.integer("trial_period_days");
    if (end != null && days != null) {
      throw StripeRefusal.invalid(
          null, "trial_end", "You may only specify one of trial_end and trial_period_days.");
    }
    if (end != null) {
      return requireTrialEnd(end, now, "trial_end");
    }
    if (days != null) {
      return requireTrialEnd(now + days * DAY.toSeconds(), now, "trial_period_days");
    }
    return null;
  }

  private static long requireTrialEnd(long end, long now, String param) {
    if (end <= now) {
      throw StripeRefusal.invalid(null, param, "The trial must end in the future.");
    }
    if (end > now + MAX_TRIAL.toSeconds()) {
      throw StripeRefusal.invalid(
          null, param, "The trial can last %d days at most.".formatted(MAX_TRIAL.toDays()));
    }
    return end;
  }

  private static void readEndBehavior(Params params, ObjectNode body) {
    Params behavior = params.childOrEmpty("trial_settings").childOrEmpty("end_behavior");
    String missing = behavior.oneOf("missing_payment_method", "cancel", "create_invoice", "pause");
    if (missing == null) {
      return;
    }
    body.withObjectProperty("trial_settings")
        .withObjectProperty("end_behavior")
        .put("missing_payment_method", missing);
  }

  private static void readPaymentSettings(Params params, ObjectNode body) {
    String saved =
        params
            .childOrEmpty("payment_settings")
            .oneOf("save_default_payment_method", "off", "on_subscription");
    if ("on_subscription".equals(saved)) {
      throw notInSandbox(
          "payment_settings[save_default_payment_method]",
          "subscriptions whose default is the card that has paid last");
    }
    if (saved != null) {
      body.withObjectProperty("payment_settings").put("save_default_payment_method", saved);
    }
  }

  /** Reads what is subscribed to, from {@code items}. */
  void addItem(Params params, StripeObject subscription, @Nullable Long trialEnd) {
    List<Params> all = params.list("items");
    if (all.isEmpty()) {
      throw StripeRefusal.missing(params.full("items"));
    }
    if (all.size() > 1) {
      throw notInSandbox("items", "subscriptions of several prices");
    }
    Params given = all.getFirst();
    String param = given.full("price");
    StripeObject price = items.price(subscription.account(), given.requiredText("price"), param);
    subscriptions.requireOneCurrency(subscription, price.requiredText("currency"));
    long start = subscription.number("start_date");
    SubscriptionItems.add(
        subscription,
        price,
        readQuantity(given),
        start,
        trialEnd == null ? BeginPeriod.monthAfter(start, start) : trialEnd);
  }

  private static long readQuantity(Params item) {
    Long quantity = item.integer("quantity");
    if (quantity == null) {
      return 1;
    }
    SubscriptionItems.requireQuantity(quantity, item.full("quantity"));
    return quantity;
  }

  static StripeRefusal notInSandbox(String param, String what) {
    return StripeRefusal.invalid(null, param, "The sandbox does not have " + what + ".");
  }
}
