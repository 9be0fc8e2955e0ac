package io.cpdevents.sandbox.subscriptions;

import io.cpdevents.sandbox.api.Metadata;
import io.cpdevents.sandbox.api.Params;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.api.StripeRequest;
import io.cpdevents.sandbox.customers.Customers;
import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.Shapes;
import io.cpdevents.sandbox.objects.StripeIds;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.time.PlannedSteps;
import io.cpdevents.sandbox.time.SandboxClock;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/**
 * Creates a subscription of one price that begins with a trial; one that is charged at once, or
 * invoiced at its end without a payment method, is refused.
 */
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

  CreateSubscription(
      StripeObjects objects,
      Customers customers,
      Subscriptions subscriptions,
      Events events,
      PlannedSteps steps,
      SandboxClock clock) {
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
    long trialEnd = readTrialEnd(params, now);
    body.put("trial_start", now);
    body.put("trial_end", trialEnd);
    body.put("billing_cycle_anchor", trialEnd);
    body.put("start_date", now);
    body.put("status", Subscriptions.TRIALING);
    body.put("description", params.text("description"));
    readEndBehavior(params, body);
    readPaymentSettings(params, body);
    addItem(params, subscription);
    Metadata.merge(params, body);
    params.refuseOthers();
    objects.add(subscription);
    events.record("customer.subscription.created", subscription);
    steps.planAt(
        Math.max(now, trialEnd - AnnounceTrialEnd.SECONDS_BEFORE_END),
        AnnounceTrialEnd.KIND,
        subscription.id());
    steps.planAt(trialEnd, EndTrial.KIND, subscription.id());
    return subscription;
  }

  private static long readTrialEnd(Params params, long now) {
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
    throw notInSandbox("trial_end", "subscriptions without a trial");
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
    if (!"cancel".equals(missing)) {
      throw notInSandbox(
          "trial_settings[end_behavior][missing_payment_method]",
          "trials that end otherwise than by 'cancel'");
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
    if (saved != null) {
      body.withObjectProperty("payment_settings").put("save_default_payment_method", saved);
    }
  }

  private void addItem(Params params, StripeObject subscription) {
    List<Params> items = params.list("items");
    if (items.isEmpty()) {
      throw StripeRefusal.missing("items");
    }
    if (items.size() > 1) {
      throw notInSandbox("items", "subscriptions of several prices");
    }
    Params given = items.getFirst();
    String priceId = given.requiredText("price");
    StripeObject price =
        objects
            .find(subscription.account(), "price", priceId)
            .orElseThrow(
                () -> StripeRefusal.noSuchParameter("price", priceId, given.full("price")));
    requireSubscribable(price, given.full("price"));
    ObjectNode body = subscription.body();
    ObjectNode item = Shapes.of("subscription_item");
    item.put("id", StripeIds.next("si"));
    item.set("created", body.get("created"));
    item.set("current_period_start", body.get("trial_start"));
    item.set("current_period_end", body.get("trial_end"));
    item.set("price", price.body().deepCopy());
    item.set("plan", planOf(price.body()));
    item.put("subscription", subscription.id());
    body.set("currency", price.body().get("currency"));
    ObjectNode list = body.withObjectProperty("items");
    list.withArrayProperty("data").add(item);
    list.put("total_count", 1);
    list.put("url", "/v1/subscription_items?subscription=" + subscription.id());
  }

  private static void requireSubscribable(StripeObject price, String param) {
    if (!price.is("type", "recurring")) {
      throw StripeRefusal.invalid(
          null,
          param,
          "The price specified is set to `type=one_time` but this field only accepts prices with `type=recurring`.");
    }
    if (!price.body().get("active").booleanValue()) {
      throw StripeRefusal.invalid(
          null, param, "The price specified is inactive. This field only accepts active prices.");
    }
  }

  /** The price in the words of the API before there were prices, which Stripe still shows. */
  private static ObjectNode planOf(ObjectNode price) {
    ObjectNode plan = Shapes.of("plan");
    for (String field : List.of("id", "active", "created", "currency", "nickname", "product")) {
      plan.set(field, price.get(field));
    }
    plan.set("amount", price.get("unit_amount"));
    plan.set("amount_decimal", price.get("unit_amount_decimal"));
    plan.set("interval", price.path("recurring").get("interval"));
    plan.set("interval_count", price.path("recurring").get("interval_count"));
    return plan;
  }

  private static StripeRefusal notInSandbox(String param, String what) {
    return StripeRefusal.invalid(null, param, "The sandbox does not have " + what + ".");
  }
}
