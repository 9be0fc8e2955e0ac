package io.cpdevents.sandbox.subscriptions;

import io.cpdevents.sandbox.api.Params;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.customers.Customers;
import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.ObjectQuery;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.time.PlannedSteps;
import io.cpdevents.sandbox.time.SandboxClock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Finds, locks and cancels subscriptions. */
@Component
public class Subscriptions {
  static final String KIND = "subscription";
  static final String TRIALING = "trialing";
  static final String INCOMPLETE_EXPIRED = "incomplete_expired";
  static final String END = "cancel_at";
  private static final String ENDS_WITH_PERIOD = "cancel_at_period_end";

  private static final String PAYMENT_FAILED = "payment_failed";

  /** Stripe allows no more for a customer. */
  private static final int MAX_OF_CUSTOMER = 500;

  private final StripeObjects objects;
  private final Events events;
  private final PlannedSteps steps;
  private final SandboxClock clock;
  private final ApplicationEventPublisher publisher;

  Subscriptions(
      StripeObjects objects,
      Events events,
      PlannedSteps steps,
      SandboxClock clock,
      ApplicationEventPublisher publisher) {
    this.publisher = publisher;
    this.objects = objects;
    this.events = events;
    this.steps = steps;
    this.clock = clock;
  }

  StripeObject find(String account, String id) {
    return objects.find(account, KIND, id).orElseThrow(() -> noSuch(id));
  }

  StripeObject lock(String account, String id) {
    return objects
        .lock(KIND, id)
        .filter(found -> found.account().equals(account))
        .orElseThrow(() -> noSuch(id));
  }

  private static StripeRefusal noSuch(String id) {
    return StripeRefusal.noSuch(KIND, id, "id");
  }

  /** Whether what it costs can be charged. */
  boolean hasPaymentMethod(StripeObject subscription) {
    return subscription.text("default_payment_method") != null
        || objects
            .findAnywhere("customer", subscription.requiredText("customer"))
            .map(Customers::defaultMethod)
            .isPresent();
  }

  /** Reads the default payment method, which must be the customer's. */
  void readDefaultMethod(Params params, StripeObject subscription) {
    String method = params.textOrEmpty("default_payment_method");
    if (method == null) {
      return;
    }
    if (!method.isEmpty()
        && objects
            .find(subscription.account(), "payment_method", method)
            .filter(found -> found.is("customer", subscription.requiredText("customer")))
            .isEmpty()) {
      throw StripeRefusal.invalid(
          "resource_missing",
          params.full("default_payment_method"),
          "The customer does not have a payment method with the ID %s. The payment method must be attached to the customer."
              .formatted(method));
    }
    subscription.body().put("default_payment_method", method.isEmpty() ? null : method);
  }

  /** Refuses a currency in which another running subscription of its customer is not. */
  void requireOneCurrency(StripeObject subscription, String currency) {
    live(subscription.account(), subscription.requiredText("customer")).stream()
        .filter(other -> !isOver(other) && !other.is("currency", currency))
        .findFirst()
        .ifPresent(other -> {
          throw StripeRefusal.invalid(
              null,
              null,
              "You cannot combine currencies on a single customer. This customer has an active subscription, subscription schedule, discount, quote, or invoice item with currency %s."
                  .formatted(other.text("currency")));
        });
  }

  /** Reads whether it ends with its period, or on a date. */
  void readEnd(Params params, StripeObject subscription) {
    Boolean ends = params.flag(ENDS_WITH_PERIOD);
    boolean isUnset = "".equals(params.textOrEmpty(END));
    Long end = isUnset ? null : params.integer(END);
    if (ends == null && end == null && !isUnset) {
      return;
    }
    if (ends != null && (end != null || isUnset)) {
      throw StripeRefusal.invalid(
          null, END, "You can only set one of `cancel_at` and `cancel_at_period_end`.");
    }
    String schedule = subscription.text("schedule");
    if (schedule != null) {
      throw StripeRefusal.wrongState(
          null,
          null,
          "The subscription is managed by the subscription schedule `%s`, and updating any cancelation behavior directly is not allowed. Please update the schedule instead."
              .formatted(schedule));
    }
    if (end == null) {
      end(subscription, Boolean.TRUE.equals(ends) ? periodEnd(subscription) : null);
      subscription.body().put(ENDS_WITH_PERIOD, Boolean.TRUE.equals(ends));
    } else if (end <= clock.epochSecond()) {
      throw StripeRefusal.invalid(null, END, "`cancel_at` must be in the future.");
    } else {
      end(subscription, end);
      subscription.body().put(ENDS_WITH_PERIOD, false);
    }
  }

  private void end(StripeObject subscription, @Nullable Long end) {
    steps.cancel(EndOnDate.KIND, subscription.id());
    ObjectNode body = subscription.body();
    body.put(END, end);
    body.put("canceled_at", end == null ? null : (Long) clock.epochSecond());
    if (end != null) {
      steps.planAt(end, EndOnDate.KIND, subscription.id());
    }
  }

  static boolean isOver(StripeObject subscription) {
    return subscription.is("status", "canceled") || subscription.is("status", INCOMPLETE_EXPIRED);
  }

  /** Whether the end of its trial is invoiced though there is no payment method. */
  static boolean isInvoicedAnyway(StripeObject subscription) {
    return withoutMethod(subscription).equals("create_invoice");
  }

  /** Whether it is paused at the end of its trial when there is no payment method. */
  static boolean isPausedWithoutMethod(StripeObject subscription) {
    return withoutMethod(subscription).equals("pause");
  }

  private static String withoutMethod(StripeObject subscription) {
    return subscription
        .body()
        .path("trial_settings")
        .path("end_behavior")
        .path("missing_payment_method")
        .asString("");
  }

  /** The second at which its period ends. */
  public static long periodEnd(StripeObject subscription) {
    return SubscriptionItems.periodEnd(subscription);
  }

  /** Locks the live subscription that a parameter names. */
  public StripeObject lockNamed(String account, String id, String param) {
    return objects
        .lock(KIND, id)
        .filter(found -> found.account().equals(account) && !isOver(found))
        .orElseThrow(() -> StripeRefusal.noSuchParameter(KIND, id, param));
  }

  /** The subscription that a parameter names. */
  StripeObject named(String account, String id) {
    return objects
        .find(account, KIND, id)
        .orElseThrow(() -> StripeRefusal.noSuchParameter(KIND, id, KIND));
  }

  /** Whether it ends with its period at the latest. */
  public static boolean endsWithPeriod(StripeObject subscription) {
    JsonNode end = subscription.body().path(END);
    return subscription.body().path(ENDS_WITH_PERIOD).asBoolean(false)
        || (end.isNumber() && end.asLong() <= periodEnd(subscription));
  }

  /** Cancels the subscriptions of a customer who is deleted. */
  public void cancelAllOf(StripeObject customer) {
    live(customer.account(), customer.id())
        .forEach(found -> cancel(objects.lockExisting(KIND, found.id())));
  }

  private List<StripeObject> live(String account, String customer) {
    return objects.list(
        ObjectQuery.of(account, KIND)
            .with("customer", customer)
            .where("body ->> 'status' <> 'canceled'"),
        null,
        null,
        MAX_OF_CUSTOMER);
  }

  /** Cancels a subscription that this transaction has locked, for good. */
  public void cancel(StripeObject subscription) {
    cancel(subscription, "cancellation_requested");
  }

  /** Cancels a locked subscription because it is not paid. */
  void giveUp(StripeObject subscription) {
    cancel(subscription, PAYMENT_FAILED);
  }

  private void cancel(StripeObject subscription, String reason) {
    long now = clock.epochSecond();
    subscription.body().withObjectProperty("cancellation_details").put("reason", reason);
    subscription.body().put("status", "canceled");
    subscription.body().put("canceled_at", now);
    subscription.body().put("ended_at", now);
    objects.save(subscription);
    steps.cancel(AnnounceTrialEnd.KIND, subscription.id());
    steps.cancel(EndTrial.KIND, subscription.id());
    steps.cancel(BeginPeriod.KIND, subscription.id());
    steps.cancel(EndOnDate.KIND, subscription.id());
    steps.cancel(ExpireIncomplete.KIND, subscription.id());
    steps.cancel(AnnounceInvoice.KIND, subscription.id());
    events.record("customer.subscription.deleted", subscription);
    publisher.publishEvent(new SubscriptionCanceled(subscription, PAYMENT_FAILED.equals(reason)));
  }
}
