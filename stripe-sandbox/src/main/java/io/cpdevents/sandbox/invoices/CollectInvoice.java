package io.cpdevents.sandbox.invoices;

import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.customers.Customers;
import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.StripeIds;
import io.cpdevents.sandbox.objects.StripeJson;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.paymentmethods.PaymentMethods;
import io.cpdevents.sandbox.payments.AttemptPayment;
import io.cpdevents.sandbox.payments.PaymentIntents;
import io.cpdevents.sandbox.time.PlannedSteps;
import io.cpdevents.sandbox.time.SandboxClock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Charges an open invoice with the default payment method of its subscription or customer. What is
 * declined is tried again by the clock; when the bank's answer would stay the same, that waits for
 * another payment method.
 */
@Component
public class CollectInvoice {
  /** The days until the next attempt after the first, the second …: 8 attempts in two weeks. */
  private static final List<Integer> RETRY_DAYS = List.of(1, 2, 2, 2, 2, 2, 3);

  /**
   * After these retries stay planned and are counted, but the same payment method is not charged:
   * https://docs.stripe.com/billing/revenue-recovery/smart-retries#non-retryable-decline-codes.
   */
  private static final Set<String> HARD_DECLINES =
      Set.of(
          "incorrect_number",
          "lost_card",
          "pickup_card",
          "stolen_card",
          "revocation_of_authorization",
          "revocation_of_all_authorizations",
          "authentication_required",
          "highest_risk_level",
          "transaction_not_allowed");

  private final StripeObjects objects;
  private final Invoices invoices;
  private final Events events;
  private final PlannedSteps steps;
  private final SandboxClock clock;
  private final PaymentIntents intents;
  private final PaymentMethods paymentMethods;
  private final AttemptPayment attemptPayment;

  CollectInvoice(
      StripeObjects objects,
      Invoices invoices,
      Events events,
      PlannedSteps steps,
      SandboxClock clock,
      PaymentIntents intents,
      PaymentMethods paymentMethods,
      AttemptPayment attemptPayment) {
    this.objects = objects;
    this.invoices = invoices;
    this.events = events;
    this.steps = steps;
    this.clock = clock;
    this.intents = intents;
    this.paymentMethods = paymentMethods;
    this.attemptPayment = attemptPayment;
  }

  /** Charges a locked open invoice; whatever comes of it is written and recorded as events. */
  public void charge(StripeObject invoice) {
    String method = defaultMethod(invoice);
    if (method == null) {
      fail(invoice, true);
      return;
    }
    if (isHopeless(invoice, method)) {
      passOver(invoice);
      return;
    }
    invoice.inner().put(Invoices.IS_AUTOMATIC, true);
    try {
      attempt(invoice, method);
    } catch (StripeRefusal declined) {
      fail(invoice, true);
    }
  }

  /** Whether this payment method was declined for good, or its bank still waits for a person. */
  private boolean isHopeless(StripeObject invoice, String methodId) {
    String known = invoice.innerText(Invoices.PAYMENT_INTENT);
    if (known == null) {
      return false;
    }
    StripeObject intent = objects.lockExisting("payment_intent", known);
    if (intent.is("status", "requires_action")) {
      return methodId.equals(intent.text("payment_method"));
    }
    JsonNode error = intent.body().path("last_payment_error");
    String code = error.path("decline_code").asString(error.path("code").asString(""));
    return HARD_DECLINES.contains(code)
        && methodId.equals(error.path("payment_method").path("id").asString(""));
  }

  /** A retry whose time has come is counted, though nobody is charged. */
  private void passOver(StripeObject invoice) {
    ObjectNode before = invoice.body().deepCopy();
    count(invoice, true);
    objects.save(invoice);
    events.recordChange("invoice.updated", invoice, before);
  }

  /**
   * Charges a locked open invoice at the request of somebody. Only the first attempt counts among
   * the retries, which go on as they are planned.
   *
   * @param methodId null for the default payment method
   */
  public void chargeNow(StripeObject invoice, @Nullable String methodId) {
    String method = methodId == null ? defaultMethod(invoice) : methodId;
    if (method == null) {
      throw StripeRefusal.wrongState(
          "invoice_payment_intent_requires_action",
          null,
          "There is no default payment method for this invoice.");
    }
    try {
      attempt(invoice, method);
    } catch (StripeRefusal declined) {
      fail(invoice, false);
      throw declined;
    }
  }

  /** Lets somebody pay a locked open invoice, without trying to. */
  public void expectPayment(StripeObject invoice) {
    intent(invoice);
    objects.save(invoice);
  }

  private void attempt(StripeObject invoice, String methodId) {
    // Whoever marks it as paid finds this very object in the transaction.
    objects.save(invoice);
    StripeObject intent = intent(invoice);
    StripeObject method = paymentMethods.named(invoice.account(), methodId, "payment_method");
    AttemptPayment.Outcome outcome =
        attemptPayment.handle(new AttemptPayment.Attempt(intent, method, null, null));
    if (outcome == AttemptPayment.Outcome.REQUIRES_ACTION) {
      events.record("invoice.payment_action_required", invoice);
      throw StripeRefusal.card(
          "invoice_payment_intent_requires_action",
          "authentication_required",
          "Payment for this subscription requires additional user action before it can be completed successfully.");
    }
    // What succeeds marks the invoice as paid: PayInvoice hears of it.
  }

  private @Nullable String defaultMethod(StripeObject invoice) {
    StripeObject subscription = subscription(invoice);
    String own = subscription == null ? null : subscription.text("default_payment_method");
    return own == null ? defaultMethodOfCustomer(invoice.requiredText("customer")) : own;
  }

  private @Nullable String defaultMethodOfCustomer(String customerId) {
    return objects.findAnywhere("customer", customerId).map(Customers::defaultMethod).orElse(null);
  }

  private @Nullable StripeObject subscription(StripeObject invoice) {
    String id = invoice.innerText("subscription");
    return id == null ? null : objects.lockExisting("subscription", id);
  }

  /** All attempts share one payment intent. */
  private StripeObject intent(StripeObject invoice) {
    String known = invoice.innerText(Invoices.PAYMENT_INTENT);
    if (known != null) {
      return objects.lockExisting("payment_intent", known);
    }
    ObjectNode given = StripeJson.object();
    given.put("customer", invoice.requiredText("customer"));
    given.put(
        "description",
        switch (invoice.requiredText("billing_reason")) {
          case "subscription_create" -> "Subscription creation";
          case "manual" -> "Invoice";
          default -> "Subscription update";
        });
    given.put("setup_future_usage", "off_session");
    StripeObject intent =
        intents.create(
            invoice.account(),
            invoice.number("amount_remaining"),
            invoice.requiredText("currency"),
            given,
            null);
    intent.inner().put(Invoices.KIND, invoice.id());
    objects.save(intent);
    invoice.inner().put(Invoices.PAYMENT_INTENT, intent.id());
    addPayment(invoice, intent);
    return intent;
  }

  private void addPayment(StripeObject invoice, StripeObject intent) {
    StripeObject payment =
        StripeObject.shaped(
            invoice.account(), PayInvoice.PAYMENT, StripeIds.next("inpay"), clock.epochSecond());
    payment.body().put("invoice", invoice.id());
    payment.body().put("amount_requested", intent.number("amount"));
    payment.body().put("currency", intent.requiredText("currency"));
    payment.body().withObjectProperty("payment").put("payment_intent", intent.id());
    payment.inner().put(Invoices.PAYMENT_INTENT, intent.id());
    objects.add(payment);
    invoice.inner().put(PayInvoice.PAYMENT, payment.id());
  }

  private void fail(StripeObject invoice, boolean isAutomatic) {
    StripeObject subscription = subscription(invoice);
    boolean isTriedOnce = isTriedOnce(invoice, subscription);
    boolean hasMethod = defaultMethod(invoice) != null;
    if (isAutomatic || invoice.number("attempt_count") == 0) {
      count(invoice, hasMethod && !isTriedOnce);
    }
    invoice.inner().remove(Invoices.IS_AUTOMATIC);
    objects.save(invoice);
    events.record("invoice.payment_failed", invoice);
    if (subscription != null
        && subscription.is("status", "active")
        && !isTriedOnce
        && isDecisive(invoice, subscription)) {
      ObjectNode before = subscription.body().deepCopy();
      subscription.body().put("status", "past_due");
      objects.save(subscription);
      events.recordChange("customer.subscription.updated", subscription, before);
    }
  }

  /** What fails of an earlier month, while a later one is paid, changes nothing. */
  private boolean isDecisive(StripeObject invoice, StripeObject subscription) {
    return invoices
        .decisive(subscription)
        .map(latest -> latest.id().equals(invoice.id()))
        .orElse(true);
  }

  /** Nobody is charged again for what does not count before it is paid. */
  private static boolean isTriedOnce(StripeObject invoice, @Nullable StripeObject subscription) {
    return invoice.inner().has(Invoices.CHANGE)
        || subscription == null
        || subscription.is("status", "incomplete");
  }

  private void count(StripeObject invoice, boolean isTriedAgain) {
    ObjectNode body = invoice.body();
    int attempts = (int) invoice.number("attempt_count") + 1;
    body.put("attempt_count", attempts);
    body.put("attempted", true);
    Long next = isTriedAgain ? nextAttempt(attempts) : null;
    body.put("next_payment_attempt", next);
    steps.cancel(RetryInvoice.KIND, invoice.id());
    if (next != null) {
      steps.planAt(next, RetryInvoice.KIND, invoice.id());
    }
  }

  private @Nullable Long nextAttempt(int attempts) {
    return attempts > RETRY_DAYS.size()
        ? null
        : clock.epochSecond() + Duration.ofDays(RETRY_DAYS.get(attempts - 1)).toSeconds();
  }
}
