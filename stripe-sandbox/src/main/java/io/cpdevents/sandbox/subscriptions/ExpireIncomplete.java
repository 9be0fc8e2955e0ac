package io.cpdevents.sandbox.subscriptions;

import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.invoices.InvoiceVoided;
import io.cpdevents.sandbox.invoices.VoidInvoice;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.time.PlannedSteps;
import io.cpdevents.sandbox.time.SandboxClock;
import io.cpdevents.sandbox.time.StepHandler;
import java.time.Duration;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Gives up a subscription whose first month nobody has paid. */
@Component
class ExpireIncomplete implements StepHandler {
  static final String KIND = "expire-incomplete";
  static final Duration MAX_WAIT_TIME = Duration.ofHours(23);

  private final StripeObjects objects;
  private final Events events;
  private final PlannedSteps steps;
  private final SandboxClock clock;
  private final VoidInvoice voidInvoice;

  ExpireIncomplete(
      StripeObjects objects,
      Events events,
      PlannedSteps steps,
      SandboxClock clock,
      VoidInvoice voidInvoice) {
    this.objects = objects;
    this.events = events;
    this.steps = steps;
    this.clock = clock;
    this.voidInvoice = voidInvoice;
  }

  @Override
  public String stepKind() {
    return KIND;
  }

  @Override
  public void perform(String subscriptionId) {
    StripeObject subscription = objects.lockExisting(Subscriptions.KIND, subscriptionId);
    if (!subscription.is("status", "incomplete")) {
      return;
    }
    expire(subscription);
    voidInvoice.voidOpen(subscription.requiredText("latest_invoice"));
  }

  /** What nobody can pay any more is given up at once. */
  @EventListener
  void on(InvoiceVoided voided) {
    String subscriptionId = voided.invoice().innerText(Subscriptions.KIND);
    if (subscriptionId == null) {
      return;
    }
    StripeObject subscription = objects.lockExisting(Subscriptions.KIND, subscriptionId);
    if (subscription.is("status", "incomplete")) {
      steps.cancel(KIND, subscriptionId);
      expire(subscription);
    }
  }

  private void expire(StripeObject subscription) {
    ObjectNode before = subscription.body().deepCopy();
    subscription.body().put("status", Subscriptions.INCOMPLETE_EXPIRED);
    subscription.body().put("ended_at", clock.epochSecond());
    objects.save(subscription);
    steps.cancel(BeginPeriod.KIND, subscription.id());
    events.recordChange("customer.subscription.updated", subscription, before);
  }
}
