package io.cpdevents.sandbox.payments;

import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.StripeIds;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.time.PlannedSteps;
import io.cpdevents.sandbox.time.SandboxClock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/**
 * Releases an authorized amount that is not captured. Stripe shows it as a refund without a balance
 * transaction, because no money moves.
 */
@Component
class ReleaseAuthorization {
  private final StripeObjects objects;
  private final Events events;
  private final PlannedSteps steps;
  private final SandboxClock clock;

  ReleaseAuthorization(
      StripeObjects objects, Events events, PlannedSteps steps, SandboxClock clock) {
    this.objects = objects;
    this.events = events;
    this.steps = steps;
    this.clock = clock;
  }

  /** Releases this amount of a charge that this transaction has locked. */
  void handle(StripeObject charge, long amount, @Nullable String reason) {
    StripeObject refund =
        StripeObject.shaped(charge.account(), "refund", StripeIds.next("re"), clock.epochSecond());
    ObjectNode body = refund.body();
    body.put("amount", amount);
    body.put("charge", charge.id());
    body.set("currency", charge.body().get("currency"));
    body.set("payment_intent", charge.body().get("payment_intent"));
    body.put("reason", reason);
    ((ObjectNode) body.get("destination_details").get("card")).put("type", "reversal");
    objects.add(refund);
    ObjectNode before = charge.body().deepCopy();
    charge.body().put("amount_refunded", charge.number("amount_refunded") + amount);
    boolean whole = charge.number("amount_refunded") == charge.number("amount");
    charge.body().put("refunded", whole);
    objects.save(charge);
    events.record("refund.created", refund);
    if (whole) {
      steps.cancel(ExpireAuthorization.KIND, charge.id());
      events.recordChange("charge.refunded", charge, before);
    }
  }
}
