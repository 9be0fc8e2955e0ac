package io.cpdevents.sandbox.payments;

import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.StripeIds;
import io.cpdevents.sandbox.objects.StripeJson;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.time.SandboxClock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Creates and cancels payment intents. */
@Component
public class PaymentIntents {
  private final StripeObjects objects;
  private final Events events;
  private final SandboxClock clock;

  public PaymentIntents(StripeObjects objects, Events events, SandboxClock clock) {
    this.objects = objects;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Creates an intent that waits for a card.
   *
   * @param given fields that the caller set, by Stripe's names
   * @param sessionId the Checkout Session that it belongs to; null for none
   */
  public StripeObject create(
      String account, long amount, String currency, ObjectNode given, @Nullable String sessionId) {
    StripeObject intent =
        StripeObject.shaped(account, "payment_intent", StripeIds.next("pi"), clock.epochSecond());
    ObjectNode body = intent.body();
    body.put("amount", amount);
    body.put("currency", currency);
    for (String field : given.propertyNames()) {
      JsonNode value = given.get(field);
      body.set(field, value.deepCopy());
    }
    // The client secret of a session's intent is not shown: only Checkout's page uses it.
    body.put("client_secret", sessionId == null ? StripeIds.secretOf(intent.id()) : null);
    if (sessionId != null) {
      intent.inner().put("checkout_session", sessionId);
    }
    objects.add(intent);
    events.record("payment_intent.created", intent);
    return intent;
  }

  /** Cancels a locked intent that has not been paid. */
  public void cancel(StripeObject intent, @Nullable String reason) {
    intent.body().put("status", "canceled");
    intent.body().put("canceled_at", clock.epochSecond());
    intent.body().put("cancellation_reason", reason);
    intent.body().putNull("next_action");
    objects.save(intent);
    ObjectNode previous = StripeJson.object();
    previous.putNull("canceled_at");
    events.record("payment_intent.canceled", intent, previous);
  }
}
