package io.cpdevents.sandbox.setupintents;

import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.StripeIds;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.time.SandboxClock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Makes and cancels setup intents, by which payment methods are saved for later. */
@Component
public class SetupIntents {
  static final String KIND = "setup_intent";

  private final StripeObjects objects;
  private final Events events;
  private final SandboxClock clock;

  SetupIntents(StripeObjects objects, Events events, SandboxClock clock) {
    this.objects = objects;
    this.events = events;
    this.clock = clock;
  }

  /**
   * A setup intent that is not added yet: the caller fills in the rest.
   *
   * @param customer to whom the payment method is attached; null for nobody
   */
  public StripeObject shaped(String account, @Nullable String customer) {
    StripeObject intent =
        StripeObject.shaped(account, KIND, StripeIds.next("seti"), clock.epochSecond());
    ObjectNode body = intent.body();
    body.put("client_secret", StripeIds.secretOf(intent.id()));
    body.put("customer", customer);
    body.put("usage", "off_session");
    return intent;
  }

  /** Adds a setup intent. */
  public void add(StripeObject intent) {
    objects.add(intent);
    events.record("setup_intent.created", intent);
  }

  /** Cancels an open setup intent that this transaction has locked. */
  public void cancel(StripeObject intent, @Nullable String reason) {
    intent.body().put("status", "canceled");
    intent.body().put("cancellation_reason", reason);
    intent.body().putNull("next_action");
    objects.save(intent);
    events.record("setup_intent.canceled", intent);
  }
}
