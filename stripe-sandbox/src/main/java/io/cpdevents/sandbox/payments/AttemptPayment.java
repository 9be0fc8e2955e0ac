package io.cpdevents.sandbox.payments;

import io.cpdevents.sandbox.SandboxSettings;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.StripeJson;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.paymentmethods.PaymentMethodTypes;
import io.cpdevents.sandbox.paymentmethods.PaymentMethods;
import io.cpdevents.sandbox.paymentmethods.TestMethod;
import io.cpdevents.sandbox.time.PlannedSteps;
import io.cpdevents.sandbox.time.SandboxClock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Attempts to pay a payment intent with a payment method. */
@Component
public class AttemptPayment {
  private final StripeObjects objects;
  private final Events events;
  private final PlannedSteps steps;
  private final SandboxClock clock;
  private final SandboxSettings settings;
  private final SettleCharge settleCharge;
  private final PaymentMethods paymentMethods;
  private final ApplicationEventPublisher publisher;

  public AttemptPayment(
      StripeObjects objects,
      Events events,
      PlannedSteps steps,
      SandboxClock clock,
      SandboxSettings settings,
      SettleCharge settleCharge,
      PaymentMethods paymentMethods,
      ApplicationEventPublisher publisher) {
    this.objects = objects;
    this.events = events;
    this.steps = steps;
    this.clock = clock;
    this.settings = settings;
    this.settleCharge = settleCharge;
    this.paymentMethods = paymentMethods;
    this.publisher = publisher;
  }

  /**
   * An attempt.
   *
   * @param intent the locked intent
   * @param method the payment method, locked or added by this transaction
   * @param authenticated whether the person passed 3-D Secure; null when it was not required yet
   * @param processing how long the bank takes; null for the usual time of the payment method
   */
  public record Attempt(
      StripeObject intent,
      StripeObject method,
      @Nullable Boolean authenticated,
      @Nullable Duration processing) {}

  /** How an attempt ended; a decline is a {@link StripeRefusal} whose changes are committed. */
  public enum Outcome {
    SUCCEEDED,
    PROCESSING,
    REQUIRES_ACTION
  }

  /** Tries the payment method; changes are written and recorded as events. */
  public Outcome handle(Attempt attempt) {
    StripeObject intent = attempt.intent();
    StripeObject method = attempt.method();
    TestMethod test = TestMethod.of(method);
    PaymentMethodTypes.require(intent, test);
    paymentMethods.requireUsable(method, intent.text("customer"));
    if (test.needsAuthentication()) {
      if (attempt.authenticated() == null) {
        return askForAuthentication(intent, method);
      }
      if (!attempt.authenticated()) {
        throw fail(
            intent,
            method,
            StripeRefusal.card(
                "payment_intent_authentication_failure",
                null,
                "The provided payment method failed authentication. You can provide payment_method_data"
                    + " or a new PaymentMethod to attempt to fulfill this PaymentIntent again."));
      }
    }
    StripeRefusal decline = paymentMethods.declineOf(method);
    StripeObject charge = Charges.ofIntent(intent, method, clock);
    intent.body().put("latest_charge", charge.id());
    intent.body().putNull("next_action");
    if (decline != null) {
      Charges.fail(charge, decline);
      objects.add(charge);
      events.record("charge.failed", charge);
      throw fail(intent, method, decline.with("charge", charge.id()));
    }
    intent.body().put("payment_method", method.id());
    keepForLater(intent, method);
    paymentMethods.use(method);
    Duration processing = attempt.processing();
    if (processing == null && test.isSlow()) {
      processing = settings.processingDelay();
    }
    if (processing != null) {
      return beginProcessing(intent, charge, test, processing);
    }
    if (intent.is("capture_method", "manual")) {
      authorize(intent, charge);
    } else {
      Charges.succeed(charge);
      objects.add(charge);
      succeed(intent, charge);
    }
    return Outcome.SUCCEEDED;
  }

  private void keepForLater(StripeObject intent, StripeObject method) {
    String customer = intent.text("customer");
    if (customer != null
        && intent.text("setup_future_usage") != null
        && method.text("customer") == null) {
      paymentMethods.attach(method, customer);
    }
  }

  private Outcome askForAuthentication(StripeObject intent, StripeObject method) {
    intent.body().put("status", "requires_action");
    intent.body().put("payment_method", method.id());
    ObjectNode action = intent.body().putObject("next_action");
    action.put("type", "use_stripe_sdk");
    action.putObject("use_stripe_sdk").put("type", "three_d_secure_redirect");
    objects.save(intent);
    events.record("payment_intent.requires_action", intent);
    return Outcome.REQUIRES_ACTION;
  }

  private StripeRefusal fail(StripeObject intent, StripeObject method, StripeRefusal why) {
    StripeRefusal refusal = why.with("payment_method", method.body().deepCopy());
    intent.body().put("status", "requires_payment_method");
    intent.body().putNull("payment_method");
    intent.body().putNull("next_action");
    intent.body().set("last_payment_error", refusal.error());
    objects.save(intent);
    events.record("payment_intent.payment_failed", intent);
    return refusal.with("payment_intent", intent.body().deepCopy());
  }

  private Outcome beginProcessing(
      StripeObject intent, StripeObject charge, TestMethod test, Duration processing) {
    objects.add(charge);
    intent.body().put("status", "processing");
    if (test.type().equals("card")) {
      ObjectNode details = intent.body().putObject("processing");
      details.put("type", "card");
      details.putObject("card");
    }
    intent.body().putNull("last_payment_error");
    objects.save(intent);
    events.record("charge.pending", charge);
    events.record("payment_intent.processing", intent);
    steps.planAfter(processing, CompleteProcessing.KIND, intent.id());
    return Outcome.PROCESSING;
  }

  /** Authorizes the amount: the bank reserves it for some days, until it is captured. */
  private void authorize(StripeObject intent, StripeObject charge) {
    long captureBefore = clock.epochSecond() + ExpireAuthorization.AFTER_SECONDS;
    Charges.authorize(charge, captureBefore);
    objects.add(charge);
    intent.body().put("status", "requires_capture");
    intent.body().put("amount_capturable", intent.number("amount"));
    intent.body().putNull("last_payment_error");
    objects.save(intent);
    events.record("charge.succeeded", charge);
    events.record("payment_intent.amount_capturable_updated", intent);
    steps.planAt(captureBefore, ExpireAuthorization.KIND, charge.id());
  }

  /** Marks an intent as paid, whose charge is written already; the balance transaction follows. */
  void succeed(StripeObject intent, StripeObject charge) {
    ObjectNode body = intent.body();
    body.put("status", "succeeded");
    body.put("amount_received", intent.number("amount"));
    body.putNull("last_payment_error");
    body.putNull("processing");
    objects.save(intent);
    boolean settlesLater = intent.is("capture_method", "automatic_async");
    if (!settlesLater) {
      settleCharge.settle(charge);
    }
    events.record("charge.succeeded", charge);
    publisher.publishEvent(new ChargeCaptured(charge));
    events.record("payment_intent.succeeded", intent);
    if (settlesLater) {
      steps.planAfter(settings.captureDelay(), SettleCharge.KIND, charge.id());
    }
  }

  /** The bank declines a payment that was in {@code processing}. */
  void failLater(StripeObject intent, StripeObject charge) {
    StripeRefusal why =
        StripeRefusal.card("card_declined", "generic_decline", "Your card was declined.");
    if (!TestMethod.of(charge).type().equals("card")) {
      why =
          StripeRefusal.invalid(
              "payment_intent_payment_attempt_failed", null, "The payment failed.");
    }
    Charges.fail(charge, why);
    objects.save(charge);
    intent.body().put("status", "requires_payment_method");
    intent.body().putNull("processing");
    intent.body().putNull("payment_method");
    intent.body().set("last_payment_error", why.with("charge", charge.id()).error());
    objects.save(intent);
    events.record("charge.failed", charge);
    events.record("payment_intent.payment_failed", intent);
  }

  static ObjectNode noBalanceTransactionBefore() {
    ObjectNode previous = StripeJson.object();
    previous.putNull("balance_transaction");
    return previous;
  }
}
