package io.cpdevents.sandbox.payments;

import io.cpdevents.sandbox.api.Addresses;
import io.cpdevents.sandbox.api.Metadata;
import io.cpdevents.sandbox.api.Params;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.api.StripeRequest;
import io.cpdevents.sandbox.customers.Customers;
import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.Shapes;
import io.cpdevents.sandbox.objects.StripeIds;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.paymentmethods.TestCard;
import io.cpdevents.sandbox.time.PlannedSteps;
import io.cpdevents.sandbox.time.SandboxClock;
import java.util.List;
import java.util.Locale;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Charges a card without a payment intent, by Stripe's older API. */
@Component
class CreateCharge {
  private static final List<String> TEXTS =
      List.of(
          "customer",
          "description",
          "receipt_email",
          "statement_descriptor",
          "statement_descriptor_suffix",
          "transfer_group");

  private final StripeObjects objects;
  private final Events events;
  private final PlannedSteps steps;
  private final SandboxClock clock;
  private final Customers customers;
  private final SettleCharge settleCharge;
  private final ApplicationEventPublisher publisher;

  CreateCharge(
      StripeObjects objects,
      Events events,
      PlannedSteps steps,
      SandboxClock clock,
      Customers customers,
      SettleCharge settleCharge,
      ApplicationEventPublisher publisher) {
    this.objects = objects;
    this.events = events;
    this.steps = steps;
    this.clock = clock;
    this.customers = customers;
    this.settleCharge = settleCharge;
    this.publisher = publisher;
  }

  StripeObject handle(StripeRequest request) {
    Params params = request.params();
    long amount = params.requiredInteger("amount");
    String currency = params.requiredText("currency").toLowerCase(Locale.ROOT);
    String token = params.requiredText("source");
    TestCard card = token.startsWith("tok_") ? TestCard.ofToken(token) : null;
    if (card == null) {
      throw StripeRefusal.noSuchParameter("token", token, "source");
    }
    StripeObject charge = Charges.shape(request.account(), card, clock);
    ObjectNode body = charge.body();
    body.put("amount", amount);
    body.put("currency", currency);
    for (String field : TEXTS) {
      body.put(field, params.text(field));
    }
    body.set("shipping", Addresses.shipping(params));
    Metadata.merge(params, body);
    boolean capture = !Boolean.FALSE.equals(params.flag("capture"));
    params.refuseOthers();
    Amounts.requireChargeable(amount, currency, "amount");
    String customer = charge.text("customer");
    if (customer != null) {
      customers.require(request.account(), customer, "customer");
    }
    describe(charge, card);
    attempt(charge, card, capture);
    return charge;
  }

  private static void describe(StripeObject charge, TestCard card) {
    ObjectNode method = Shapes.of("payment_method");
    card.describe(method);
    Charges.describe(charge, method, card);
    ObjectNode source = Shapes.of("card");
    ObjectNode cardDetails = method.withObjectProperty("card");
    source.put("id", StripeIds.next("card"));
    source.put("brand", brandName(card));
    for (String field :
        new String[] {"country", "exp_month", "exp_year", "fingerprint", "funding", "last4"}) {
      source.set(field, cardDetails.get(field));
    }
    source.set("customer", charge.body().get("customer"));
    charge.body().set("source", source);
    charge.body().set("payment_method", source.get("id"));
  }

  /** The brand's name, as the older objects show it. */
  private static String brandName(TestCard card) {
    return switch (card.brand()) {
      case "amex" -> "American Express";
      case "mastercard" -> "MasterCard";
      default -> "Visa";
    };
  }

  private void attempt(StripeObject charge, TestCard card, boolean capture) {
    StripeRefusal decline = card.decline();
    if (card.needsAuthentication()) {
      decline =
          StripeRefusal.card("card_declined", "authentication_required", "Your card was declined.");
    }
    if (decline != null) {
      Charges.fail(charge, decline);
      objects.add(charge);
      events.record("charge.failed", charge);
      throw decline.with("charge", charge.id());
    }
    objects.add(charge);
    if (!capture) {
      long captureBefore = clock.epochSecond() + ExpireAuthorization.AFTER_SECONDS;
      Charges.authorize(charge, captureBefore);
      steps.planAt(captureBefore, ExpireAuthorization.KIND, charge.id());
      events.record("charge.succeeded", charge);
      return;
    }
    Charges.succeed(charge);
    settleCharge.settle(charge);
    events.record("charge.succeeded", charge);
    publisher.publishEvent(new ChargeCaptured(charge));
  }
}
