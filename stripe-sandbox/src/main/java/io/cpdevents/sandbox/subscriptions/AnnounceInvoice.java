package io.cpdevents.sandbox.subscriptions;

import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.time.StepHandler;
import java.time.Duration;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Tells three days before what the next period will be charged. */
@Component
class AnnounceInvoice implements StepHandler {
  static final String KIND = "announce-invoice";
  static final Duration NOTICE = Duration.ofDays(3);

  private final StripeObjects objects;
  private final Events events;
  private final PreviewInvoice previews;

  AnnounceInvoice(StripeObjects objects, Events events, PreviewInvoice previews) {
    this.objects = objects;
    this.events = events;
    this.previews = previews;
  }

  @Override
  public String stepKind() {
    return KIND;
  }

  @Override
  public void perform(String subscriptionId) {
    StripeObject subscription = objects.lockExisting(Subscriptions.KIND, subscriptionId);
    if (Subscriptions.isOver(subscription) || Subscriptions.endsWithPeriod(subscription)) {
      return;
    }
    ObjectNode upcoming = previews.next(subscription).body().deepCopy();
    // It is told as it will be: without an id as yet.
    upcoming.remove("id");
    events.record(subscription.account(), "invoice.upcoming", upcoming, null);
  }
}
