package io.cpdevents.sandbox.checkout;

import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.payments.PaymentIntents;
import io.cpdevents.sandbox.setupintents.SetupIntents;
import io.cpdevents.sandbox.time.PlannedSteps;
import io.cpdevents.sandbox.time.StepHandler;
import org.springframework.stereotype.Component;

/** Expires an unpaid session, when its time has come or on request. */
@Component
class ExpireSession implements StepHandler {
  static final String KIND = "expire-session";
  private static final String ABANDONED = "abandoned";

  private final StripeObjects objects;
  private final Events events;
  private final PaymentIntents intents;
  private final SetupIntents setupIntents;
  private final PlannedSteps steps;

  ExpireSession(
      StripeObjects objects,
      Events events,
      PaymentIntents intents,
      SetupIntents setupIntents,
      PlannedSteps steps) {
    this.objects = objects;
    this.events = events;
    this.intents = intents;
    this.setupIntents = setupIntents;
    this.steps = steps;
  }

  @Override
  public String stepKind() {
    return KIND;
  }

  @Override
  public void perform(String sessionId) {
    StripeObject session = objects.lockExisting("checkout.session", sessionId);
    if (session.is("status", "open")) {
      handle(session);
    }
  }

  /** Expires an open session that this transaction has locked, and cancels its intent. */
  void handle(StripeObject session) {
    session.body().put("status", "expired");
    session.body().putNull("url");
    objects.save(session);
    steps.cancel(KIND, session.id());
    String intentId = session.text("payment_intent");
    if (intentId != null) {
      intents.cancel(objects.lockExisting("payment_intent", intentId), ABANDONED);
    }
    String setupId = session.text("setup_intent");
    if (setupId != null) {
      setupIntents.cancel(objects.lockExisting("setup_intent", setupId), ABANDONED);
    }
    events.record("checkout.session.expired", session);
  }
}
