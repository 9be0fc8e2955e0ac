package io.cpdevents.sandbox.checkout;

import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.customers.Customers;
import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.StripeJson;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.paymentmethods.Payer;
import io.cpdevents.sandbox.paymentmethods.PaymentMethods;
import io.cpdevents.sandbox.paymentmethods.TestCard;
import io.cpdevents.sandbox.paymentmethods.TestMethod;
import io.cpdevents.sandbox.payments.AttemptPayment;
import io.cpdevents.sandbox.payments.AttemptPayment.Attempt;
import io.cpdevents.sandbox.payments.AttemptPayment.Outcome;
import io.cpdevents.sandbox.payments.CompleteProcessing.ProcessingListener;
import io.cpdevents.sandbox.payments.PaymentIntents;
import io.cpdevents.sandbox.setupintents.ConfirmSetup;
import io.cpdevents.sandbox.time.PlannedSteps;
import io.cpdevents.sandbox.time.SandboxClock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** A person pays a session or saves a card in it, or tries to. */
@Component
class PaySession implements ProcessingListener {
  private final StripeObjects objects;
  private final Events events;
  private final PaymentIntents intents;
  private final AttemptPayment attemptPayment;
  private final ConfirmSetup confirmSetup;
  private final PaymentMethods paymentMethods;
  private final Customers customers;
  private final ExpireSession expireSession;
  private final PlannedSteps steps;
  private final SandboxClock clock;

  PaySession(
      StripeObjects objects,
      Events events,
      PaymentIntents intents,
      AttemptPayment attemptPayment,
      ConfirmSetup confirmSetup,
      PaymentMethods paymentMethods,
      Customers customers,
      ExpireSession expireSession,
      PlannedSteps steps,
      SandboxClock clock) {
    this.objects = objects;
    this.events = events;
    this.intents = intents;
    this.attemptPayment = attemptPayment;
    this.confirmSetup = confirmSetup;
    this.paymentMethods = paymentMethods;
    this.customers = customers;
    this.expireSession = expireSession;
    this.steps = steps;
    this.clock = clock;
  }

  /** The payment method of an attempt. */
  @FunctionalInterface
  interface Means {
    /** The payment method, locked or added by this transaction. */
    StripeObject method(String account, Payer payer);
  }

  /** A card whose number was entered in the page. */
  Means with(TestCard card) {
    return (account, payer) -> paymentMethods.create(account, card, payer);
  }

  /** An existing payment method. */
  Means with(String methodId) {
    return (account, _) -> paymentMethods.named(account, methodId, "payment_method");
  }

  /**
   * How the person pays.
   *
   * @param authenticated whether they passed 3-D Secure; null when it was not required yet
   * @param processing how long the bank takes; null when it answers at once
   */
  record Payment(
      Means means, Payer payer, @Nullable Boolean authenticated, @Nullable Duration processing) {}

  /**
   * Tries to pay. Of two concurrent attempts the second waits and finds the session complete.
   *
   * @return the session, complete unless the card asks for authentication
   */
  StripeObject handle(String sessionId, Payment payment) {
    StripeObject session =
        objects
            .lock("checkout.session", sessionId)
            .orElseThrow(() -> StripeRefusal.noSuch("checkout.session", sessionId, "session"));
    requireOpen(session);
    session.inner().remove("authenticating");
    return session.is("mode", CreateSession.SETUP) ? save(session, payment) : pay(session, payment);
  }

  /** The card is saved for later; nothing is paid. */
  private StripeObject save(StripeObject session, Payment payment) {
    objects.save(session);
    StripeObject intent =
        objects.lockExisting("setup_intent", session.requiredText("setup_intent"));
    Payer payer = payer(session, payment.payer());
    StripeObject method = payment.means().method(session.account(), payer);
    confirmSetup.handle(intent, method, payment.authenticated());
    if (!intent.is("status", "succeeded")) {
      return authenticate(session, method);
    }
    complete(session, payer, "no_payment_required");
    return session;
  }

  private StripeObject authenticate(StripeObject session, StripeObject method) {
    session.inner().put("authenticating", TestMethod.of(method).name());
    objects.save(session);
    return session;
  }

  private StripeObject pay(StripeObject session, Payment payment) {
    StripeObject intent = intent(session);
    Payer payer = payer(session, payment.payer());
    StripeObject method = payment.means().method(session.account(), payer);
    createCustomer(session, intent, payer, method);
    Outcome outcome =
        attemptPayment.handle(
            new Attempt(intent, method, payment.authenticated(), payment.processing()));
    if (outcome == Outcome.REQUIRES_ACTION) {
      return authenticate(session, method);
    }
    complete(session, payer, outcome == Outcome.SUCCEEDED ? "paid" : "unpaid");
    return session;
  }

  /** Creates the session's customer when it is paid, if that is requested or needed. */
  private void createCustomer(
      StripeObject session, StripeObject intent, Payer payer, StripeObject method) {
    boolean wanted =
        session.is("customer_creation", "always") || intent.text("setup_future_usage") != null;
    boolean pays =
        paymentMethods.declineOf(method) == null && !TestMethod.of(method).needsAuthentication();
    if (!wanted || !pays || session.text("customer") != null) {
      return;
    }
    StripeObject customer =
        customers.create(
            session.account(),
            body -> {
              body.put("email", payer.email());
              body.put("name", payer.name());
            });
    session.body().put("customer", customer.id());
    intent.body().put("customer", customer.id());
  }

  private void requireOpen(StripeObject session) {
    if (session.is("status", "open") && session.number("expires_at") <= clock.epochSecond()) {
      // The time has passed, but the planned step that expires the session has not run yet.
      throw expired(session);
    }
    if (session.is("status", "complete")) {
      throw StripeRefusal.wrongState(
          "payment_intent_unexpected_state",
          "session",
          "This Checkout Session is complete: it has been paid already.");
    }
    if (!session.is("status", "open")) {
      throw expired(session);
    }
  }

  private static StripeRefusal expired(StripeObject session) {
    return StripeRefusal.wrongState(
        null, "session", "This Checkout Session has expired: " + session.id());
  }

  /** The intent is created with the first attempt; all later attempts use it too. */
  private StripeObject intent(StripeObject session) {
    String intentId = session.text("payment_intent");
    if (intentId != null) {
      objects.save(session);
      return objects.lockExisting("payment_intent", intentId);
    }
    ObjectNode given = (ObjectNode) session.inner().get("payment_intent_data");
    given.set("customer", session.body().get("customer"));
    StripeObject intent =
        intents.create(
            session.account(),
            session.number("amount_total"),
            session.requiredText("currency"),
            given,
            session.id());
    session.body().put("payment_intent", intent.id());
    objects.save(session);
    return intent;
  }

  private Payer payer(StripeObject session, Payer given) {
    if (given.email() != null) {
      return given;
    }
    String customerId = session.text("customer");
    String email =
        customerId == null
            ? session.text("customer_email")
            : objects
                .find(session.account(), "customer", customerId)
                .map(customer -> customer.text("email"))
                .orElse(null);
    return new Payer(email, given.name());
  }

  private void complete(StripeObject session, Payer payer, String paymentStatus) {
    ObjectNode body = session.body();
    ObjectNode details = StripeJson.object();
    details.putNull("address");
    details.putNull("business_name");
    details.put("email", payer.email());
    details.putNull("individual_name");
    details.put("name", payer.name());
    details.putNull("phone");
    details.put("tax_exempt", "none");
    details.putArray("tax_ids");
    body.set("customer_details", details);
    body.put("status", "complete");
    body.put("payment_status", paymentStatus);
    body.putNull("url");
    session.inner().remove("authenticating");
    objects.save(session);
    steps.cancel(ExpireSession.KIND, session.id());
    events.record("checkout.session.completed", session);
  }

  @Override
  public void beforeEnd(String intentId) {
    sessionOf(intentId);
  }

  @Override
  public void ended(StripeObject intent, boolean succeeded) {
    StripeObject session = sessionOf(intent.id());
    if (session == null) {
      return;
    }
    if (succeeded) {
      session.body().put("payment_status", "paid");
      objects.save(session);
      events.record("checkout.session.async_payment_succeeded", session);
    } else {
      events.record("checkout.session.async_payment_failed", session);
    }
  }

  private @Nullable StripeObject sessionOf(String intentId) {
    String sessionId =
        objects
            .findAnywhere("payment_intent", intentId)
            .map(i -> i.innerText("checkout_session"))
            .orElse(null);
    return sessionId == null ? null : objects.lockExisting("checkout.session", sessionId);
  }

  /** The customer leaves for good. */
  StripeObject abandon(String sessionId) {
    StripeObject session =
        objects
            .lock("checkout.session", sessionId)
            .orElseThrow(() -> StripeRefusal.noSuch("checkout.session", sessionId, "session"));
    requireOpen(session);
    expireSession.handle(session);
    return session;
  }
}
