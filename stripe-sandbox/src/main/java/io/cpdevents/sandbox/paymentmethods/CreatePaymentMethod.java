package io.cpdevents.sandbox.paymentmethods;

import io.cpdevents.sandbox.api.Addresses;
import io.cpdevents.sandbox.api.Metadata;
import io.cpdevents.sandbox.api.Params;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.api.StripeRequest;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.time.SandboxClock;
import java.time.ZoneOffset;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Creates a payment method from a card's number, a test token or a bank account. */
@Component
class CreatePaymentMethod {
  private final PaymentMethods paymentMethods;
  private final SandboxClock clock;

  CreatePaymentMethod(PaymentMethods paymentMethods, SandboxClock clock) {
    this.paymentMethods = paymentMethods;
    this.clock = clock;
  }

  StripeObject handle(StripeRequest request) {
    Params params = request.params();
    params.requiredText("type");
    String type = params.oneOf("type", "card", "sepa_debit");
    Params details = params.child(String.valueOf(type));
    if (details == null) {
      throw StripeRefusal.missing(String.valueOf(type));
    }
    StripeObject method =
        "card".equals(type)
            ? card(request.account(), details)
            : paymentMethods.create(
                request.account(), TestIban.of(details.requiredText("iban"), details.full("iban")));
    ObjectNode body = method.body();
    String redisplay = params.oneOf("allow_redisplay", "always", "limited", "unspecified");
    body.put("allow_redisplay", redisplay == null ? "unspecified" : redisplay);
    Addresses.mergeBilling(params, body.withObjectProperty("billing_details"));
    Metadata.merge(params, body);
    params.refuseOthers();
    return method;
  }

  private StripeObject card(String account, Params card) {
    String token = card.text("token");
    if (token != null) {
      TestCard known = token.startsWith("tok_") ? TestCard.ofToken(token) : null;
      if (known == null) {
        throw StripeRefusal.noSuchParameter("token", token, card.full("token"));
      }
      return paymentMethods.create(account, known);
    }
    TestCard known = TestCard.of(card.requiredText("number"));
    long month = card.requiredInteger("exp_month");
    long year = card.requiredInteger("exp_year");
    String cvc = card.text("cvc");
    requireNotExpired(month, year);
    if (cvc != null && !cvc.matches("[0-9]{3,4}")) {
      throw StripeRefusal.card("invalid_cvc", null, "Your card's security code is invalid.");
    }
    StripeObject method = paymentMethods.create(account, known);
    ObjectNode cardDetails = method.body().withObjectProperty("card");
    cardDetails.put("exp_month", month);
    cardDetails.put("exp_year", year);
    cardDetails.withObjectProperty("checks").put("cvc_check", cvc == null ? null : "pass");
    return method;
  }

  private void requireNotExpired(long month, long year) {
    if (month < 1 || month > 12) {
      throw StripeRefusal.card(
          "invalid_expiry_month", null, "Your card's expiration month is invalid.");
    }
    if (year < clock.instant().atOffset(ZoneOffset.UTC).getYear()) {
      throw StripeRefusal.card(
          "invalid_expiry_year", null, "Your card's expiration year is invalid.");
    }
  }
}
