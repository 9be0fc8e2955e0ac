package io.cpdevents.sandbox.invoices;

import static io.cpdevents.sandbox.pages.HtmlPage.escape;

import io.cpdevents.sandbox.api.ApiTransaction;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.pages.HtmlPage;
import io.cpdevents.sandbox.paymentmethods.PaymentMethods;
import io.cpdevents.sandbox.paymentmethods.TestCard;
import io.cpdevents.sandbox.payments.AuthenticateIntent;
import java.net.URI;
import java.util.function.Supplier;
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

/**
 * The hosted page of an invoice: where its customer pays it with another card, or tells the bank
 * that it is them.
 */
@RestController
@RequestMapping("/i/{id}")
class InvoicePage {
  private final StripeObjects objects;
  private final ApiTransaction transaction;
  private final PaymentMethods paymentMethods;
  private final CollectInvoice collect;
  private final AuthenticateIntent authenticateIntent;

  InvoicePage(
      StripeObjects objects,
      ApiTransaction transaction,
      PaymentMethods paymentMethods,
      CollectInvoice collect,
      AuthenticateIntent authenticateIntent) {
    this.objects = objects;
    this.transaction = transaction;
    this.paymentMethods = paymentMethods;
    this.collect = collect;
    this.authenticateIntent = authenticateIntent;
  }

  @GetMapping
  ResponseEntity<String> show(@PathVariable String id) {
    return show(id, HttpStatus.OK, "");
  }

  private ResponseEntity<String> show(String id, HttpStatus status, String alert) {
    StripeObject invoice = objects.findAnywhere(Invoices.KIND, id).orElse(null);
    if (invoice == null || invoice.is("status", Invoices.DRAFT)) {
      return page(HttpStatus.NOT_FOUND, HtmlPage.heading("There is no such invoice."));
    }
    if (!Invoices.isOpen(invoice)) {
      return page(
          HttpStatus.OK,
          HtmlPage.heading(
              invoice.is("status", Invoices.PAID)
                  ? "This invoice is paid."
                  : "This invoice cannot be paid any more."));
    }
    return page(
        status, alert + (asksForAuthentication(invoice) ? authentication(invoice) : form(invoice)));
  }

  private boolean asksForAuthentication(StripeObject invoice) {
    String intent = invoice.innerText(Invoices.PAYMENT_INTENT);
    return intent != null
        && objects
            .findAnywhere("payment_intent", intent)
            .filter(found -> found.is("status", "requires_action"))
            .isPresent();
  }

  private static String authentication(StripeObject invoice) {
    return """
    <h1>Your bank asks: is it you?</h1>
    <p>Invoice %s, %s</p>
    <form method="post" action="/i/%s/authentication">
      <button name="outcome" value="complete">Complete authentication</button>
      <button class="quiet" name="outcome" value="fail">Fail authentication</button>
    </form>
    """
        .formatted(escape(invoice.requiredText("number")), due(invoice), escape(invoice.id()));
  }

  private static String form(StripeObject invoice) {
    return """
    <h1>Pay invoice %s</h1>
    <form method="post" action="/i/%s">
      <label>Card number <input name="card" value="4242 4242 4242 4242" inputmode="numeric" autocomplete="off" required autofocus></label>
      <button type="submit">Pay %s</button>
    </form>
    """
        .formatted(escape(invoice.requiredText("number")), escape(invoice.id()), due(invoice));
  }

  private static String due(StripeObject invoice) {
    return HtmlPage.amount(invoice.number("amount_remaining"), invoice.requiredText("currency"));
  }

  /** Takes the form. */
  @PostMapping(consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
  ResponseEntity<String> pay(@PathVariable String id, @RequestParam String card) {
    return attempt(
        id,
        () -> {
          StripeObject invoice = lockOpen(id);
          TestCard known = TestCard.of(card);
          collect.chargeNow(invoice, paymentMethods.create(invoice.account(), known).id());
          return invoice;
        });
  }

  /** Takes the result of 3-D Secure. */
  @PostMapping(path = "/authentication", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
  ResponseEntity<String> authenticate(@PathVariable String id, @RequestParam String outcome) {
    return attempt(
        id,
        () -> {
          String intent = lockOpen(id).innerText(Invoices.PAYMENT_INTENT);
          if (intent == null) {
            throw notAsked();
          }
          return authenticateIntent.handle(intent, outcome.equals("complete"));
        });
  }

  private StripeObject lockOpen(String id) {
    return objects
        .lock(Invoices.KIND, id)
        .filter(Invoices::isOpen)
        .orElseThrow(InvoicePage::notAsked);
  }

  private static StripeRefusal notAsked() {
    return StripeRefusal.wrongState(null, null, "Nobody has to pay this invoice.");
  }

  private ResponseEntity<String> attempt(String id, Supplier<StripeObject> payment) {
    String declined = run(payment);
    if (declined != null) {
      return show(
          id,
          HttpStatus.PAYMENT_REQUIRED,
          "<p role=\"alert\" id=\"declined\">" + escape(declined) + "</p>");
    }
    return ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create("/i/" + id)).build();
  }

  private @Nullable String run(Supplier<StripeObject> payment) {
    try {
      transaction.run(payment);
      return null;
    } catch (StripeRefusal refusal) {
      return String.valueOf(refusal.getMessage());
    }
  }

  private static ResponseEntity<String> page(HttpStatus status, String html) {
    return HtmlPage.of(status, "Invoice - Stripe sandbox", html);
  }
}
