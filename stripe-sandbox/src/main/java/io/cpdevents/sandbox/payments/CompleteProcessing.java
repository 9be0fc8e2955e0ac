package io.cpdevents.sandbox.payments;

import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.time.PlannedSteps;
import io.cpdevents.sandbox.time.StepHandler;
import java.util.List;
import org.springframework.stereotype.Component;

/** Ends a payment that is in {@code processing}: the bank accepts or declines it. */
@Component
public class CompleteProcessing implements StepHandler {
  static final String KIND = "complete-processing";

  private final StripeObjects objects;
  private final PlannedSteps steps;
  private final AttemptPayment attemptPayment;
  private final List<ProcessingListener> listeners;

  /** Is called when a payment in {@code processing} ends. */
  public interface ProcessingListener {
    /** Called before the intent is locked, so that its session can be locked first. */
    void beforeEnd(String intentId);

    /** Called when the intent has been written. */
    void ended(StripeObject intent, boolean succeeded);
  }

  public CompleteProcessing(
      StripeObjects objects,
      PlannedSteps steps,
      AttemptPayment attemptPayment,
      List<ProcessingListener> listeners) {
    this.objects = objects;
    this.steps = steps;
    this.attemptPayment = attemptPayment;
    this.listeners = listeners;
  }

  @Override
  public String stepKind() {
    return KIND;
  }

  @Override
  public void perform(String intentId) {
    handle(intentId, true);
  }

  /** Ends the processing now and returns the changed intent. */
  public StripeObject endNow(String intentId, boolean succeeds) {
    if (objects.findAnywhere("payment_intent", intentId).isEmpty()) {
      throw StripeRefusal.noSuch("payment_intent", intentId, "intent");
    }
    handle(intentId, succeeds);
    return objects.lockExisting("payment_intent", intentId);
  }

  /** Ends the processing; a payment that is not in {@code processing} is not changed. */
  public void handle(String intentId, boolean succeeds) {
    listeners.forEach(listener -> listener.beforeEnd(intentId));
    StripeObject intent = objects.lockExisting("payment_intent", intentId);
    if (!intent.is("status", "processing")) {
      return;
    }
    steps.cancel(KIND, intentId);
    StripeObject charge = objects.lockExisting("charge", intent.requiredText("latest_charge"));
    if (succeeds) {
      Charges.succeed(charge);
      objects.save(charge);
      attemptPayment.succeed(intent, charge);
    } else {
      attemptPayment.failLater(intent, charge);
    }
    listeners.forEach(listener -> listener.ended(intent, succeeds));
  }
}
