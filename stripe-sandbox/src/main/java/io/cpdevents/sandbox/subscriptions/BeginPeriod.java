package io.cpdevents.sandbox.subscriptions;

import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.invoices.Invoices;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.time.PlannedSteps;
import io.cpdevents.sandbox.time.StepHandler;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Begins the next month of a subscription, with its invoice. */
@Component
class BeginPeriod implements StepHandler {
  static final String KIND = "begin-period";

  private final StripeObjects objects;
  private final Events events;
  private final PlannedSteps steps;
  private final Subscriptions subscriptions;
  private final Invoices invoices;
  private final PendingUpdates pendingUpdates;
  private final ApplicationEventPublisher publisher;

  BeginPeriod(
      StripeObjects objects,
      Events events,
      PlannedSteps steps,
      Subscriptions subscriptions,
      Invoices invoices,
      PendingUpdates pendingUpdates,
      ApplicationEventPublisher publisher) {
    this.publisher = publisher;
    this.pendingUpdates = pendingUpdates;
    this.subscriptions = subscriptions;
    this.objects = objects;
    this.events = events;
    this.steps = steps;
    this.invoices = invoices;
  }

  @Override
  public String stepKind() {
    return KIND;
  }

  @Override
  public void perform(String subscriptionId) {
    StripeObject subscription = objects.lockExisting(Subscriptions.KIND, subscriptionId);
    if (!subscription.is("status", "active") && !subscription.is("status", "past_due")) {
      return;
    }
    if (Subscriptions.endsWithPeriod(subscription)) {
      subscriptions.cancel(subscription);
    } else {
      begin(subscription);
    }
  }

  /** Begins the month that follows the current period of a locked subscription. */
  void begin(StripeObject subscription) {
    ObjectNode before = subscription.body().deepCopy();
    ObjectNode body = subscription.body();
    pendingUpdates.discard(subscription);
    publisher.publishEvent(new PeriodEnded(subscription));
    if (Subscriptions.isOver(subscription)) {
      return;
    }
    ObjectNode item = SubscriptionItems.of(subscription);
    item.setAll(next(subscription, item));
    long end = item.get("current_period_end").longValue();
    if (subscription.is("status", Subscriptions.TRIALING)) {
      body.put("status", "active");
    }
    body.put("latest_invoice", invoices.draftPeriod(subscription, "subscription_cycle"));
    objects.save(subscription);
    events.recordChange("customer.subscription.updated", subscription, before);
    steps.planAt(end, KIND, subscription.id());
    steps.planAt(end - AnnounceInvoice.NOTICE.toSeconds(), AnnounceInvoice.KIND, subscription.id());
  }

  /** An item of the subscription as the period begins with it that follows the current one. */
  static ObjectNode next(StripeObject subscription, ObjectNode item) {
    ObjectNode next = item.deepCopy();
    long start = item.get("current_period_end").longValue();
    next.put("current_period_start", start);
    next.put("current_period_end", monthAfter(subscription.number("billing_cycle_anchor"), start));
    return next;
  }

  /** On the day of the anchor, or on the last day of a month that is shorter. */
  static long monthAfter(long anchor, long start) {
    ZonedDateTime first = Instant.ofEpochSecond(anchor).atZone(ZoneOffset.UTC);
    ZonedDateTime from = Instant.ofEpochSecond(start).atZone(ZoneOffset.UTC);
    long months = ChronoUnit.MONTHS.between(first.withDayOfMonth(1), from.withDayOfMonth(1)) + 1;
    return first.plusMonths(months).toEpochSecond();
  }
}
