package io.cpdevents.sandbox.checkout;

import io.cpdevents.sandbox.api.ApiTransaction;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.checkout.CheckoutHtml.Declined;
import io.cpdevents.sandbox.checkout.PaySession.Payment;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.pages.HtmlPage;
import io.cpdevents.sandbox.paymentmethods.Payer;
import io.cpdevents.sandbox.paymentmethods.TestCard;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The hosted page to pay or to save a card: a plain form, for people and for {@code curl}. */
@RestController
@RequestMapping("/c/pay/{id}")
class CheckoutPage {
  private final PaySession paySession;
  private final StripeObjects objects;
  private final ApiTransaction transaction;

  CheckoutPage(PaySession paySession, StripeObjects objects, ApiTransaction transaction) {
    this.paySession = paySession;
    this.objects = objects;
    this.transaction = transaction;
  }

  @GetMapping
  ResponseEntity<String> show(@PathVariable String id) {
    return show(id, HttpStatus.OK, null);
  }

  private ResponseEntity<String> show(String id, HttpStatus status, @Nullable Declined declined) {
    StripeObject session = objects.findAnywhere("checkout.session", id).orElse(null);
    if (session == null) {
      return page(HttpStatus.NOT_FOUND, HtmlPage.heading("There is no such payment page."));
    }
    if (session.is("status", "expired")) {
      return page(HttpStatus.GONE, CheckoutHtml.expired(session));
    }
    if (session.is("status", "complete")) {
      return redirect(session);
    }
    return page(
        status,
        session.innerText("authenticating") == null
            ? CheckoutHtml.form(session, declined)
            : CheckoutHtml.authentication(session));
  }

  /** Takes the form. */
  @PostMapping(consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
  ResponseEntity<String> pay(
      @PathVariable String id,
      @RequestParam String card,
      @RequestParam(required = false) @Nullable String email,
      @RequestParam(required = false) @Nullable String name) {
    return attempt(id, card, new Payer(blankToNull(email), blankToNull(name)), null);
  }

  /** Takes the result of 3-D Secure. */
  @PostMapping(path = "/authentication", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
  ResponseEntity<String> authenticate(@PathVariable String id, @RequestParam String outcome) {
    String card =
        objects
            .findAnywhere("checkout.session", id)
            .map(session -> session.innerText("authenticating"))
            .orElse(null);
    if (card == null) {
      return show(id, HttpStatus.OK, null);
    }
    return attempt(id, TestCard.valueOf(card), Payer.UNKNOWN, outcome.equals("complete"));
  }

  private ResponseEntity<String> attempt(
      String id, String number, Payer payer, @Nullable Boolean authenticated) {
    try {
      return attempt(id, TestCard.of(number), payer, authenticated);
    } catch (StripeRefusal refusal) {
      return declined(id, refusal, payer);
    }
  }

  private ResponseEntity<String> attempt(
      String id, TestCard card, Payer payer, @Nullable Boolean authenticated) {
    try {
      Payment payment = new Payment(paySession.with(card), payer, authenticated, null);
      StripeObject session = transaction.run(() -> paySession.handle(id, payment));
      return session.is("status", "complete")
          ? redirect(session)
          : ResponseEntity.status(HttpStatus.SEE_OTHER)
              .location(URI.create("/c/pay/" + session.id()))
              .build();
    } catch (StripeRefusal refusal) {
      return declined(id, refusal, payer);
    }
  }

  private ResponseEntity<String> declined(String id, StripeRefusal refusal, Payer payer) {
    return show(
        id, HttpStatus.PAYMENT_REQUIRED, new Declined(String.valueOf(refusal.getMessage()), payer));
  }

  private static ResponseEntity<String> redirect(StripeObject session) {
    return ResponseEntity.status(HttpStatus.SEE_OTHER)
        .location(
            URI.create(
                session.requiredText("success_url").replace("{CHECKOUT_SESSION_ID}", session.id())))
        .build();
  }

  private static ResponseEntity<String> page(HttpStatus status, String html) {
    return HtmlPage.of(status, "Pay - Stripe sandbox", html);
  }

  private static @Nullable String blankToNull(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }
}
