package io.cpdevents.sandbox.checkout;

import io.cpdevents.sandbox.objects.StripeObject;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;
import tools.jackson.databind.JsonNode;

/** The HTML of the hosted page. */
final class CheckoutHtml {
  /** Currencies with two decimals at Stripe although ISO 4217 gives them none. */
  private static final Set<String> HUNDREDTHS_FOR_STRIPE = Set.of("isk", "ugx");

  private CheckoutHtml() {}

  static String form(StripeObject session, @Nullable String error) {
    boolean knowsEmail = session.text("customer") != null || session.text("customer_email") != null;
    String email =
        knowsEmail
            ? ""
            : "<label>E-mail <input name=\"email\" type=\"email\" required autocomplete=\"email\"></label>";
    return page(
        """
        <h1>Pay %s</h1>
        <ul>%s</ul>
        %s
        <form method="post" action="/c/pay/%s">
          %s
          <label>Card number <input name="card" value="4242 4242 4242 4242" required autofocus></label>
          <label>Name on card <input name="name"></label>
          <button type="submit">Pay %s</button>
        </form>
        %s
        <details><summary>Test cards</summary><ul>
          <li>4242 4242 4242 4242 pays</li>
          <li>4000 0000 0000 0002 is declined</li>
          <li>4000 0000 0000 9995 has insufficient funds</li>
          <li>4000 0000 0000 3220 asks for authentication</li>
          <li>4000 0000 0000 5126 pays, its refund fails later</li>
        </ul></details>
        """
            .formatted(
                amount(session.number("amount_total"), session.requiredText("currency")),
                lines(session),
                error == null ? "" : "<p role=\"alert\">" + escape(error) + "</p>",
                escape(session.id()),
                email,
                amount(session.number("amount_total"), session.requiredText("currency")),
                back(session)));
  }

  static String authentication(StripeObject session) {
    return page(
        """
        <h1>Your bank asks: is it you?</h1>
        <p>%s</p>
        <form method="post" action="/c/pay/%s/authentication">
          <button name="outcome" value="complete">Complete authentication</button>
          <button name="outcome" value="fail">Fail authentication</button>
        </form>
        """
            .formatted(
                amount(session.number("amount_total"), session.requiredText("currency")),
                escape(session.id())));
  }

  static String expired(StripeObject session) {
    return page("<h1>This payment page has expired</h1>" + back(session));
  }

  static String message(String message) {
    return page("<h1>" + escape(message) + "</h1>");
  }

  private static String lines(StripeObject session) {
    StringBuilder lines = new StringBuilder();
    for (JsonNode line : session.inner().path("line_items").values()) {
      lines
          .append("<li>")
          .append(escape(line.get("description").asString()))
          .append(" × ")
          .append(line.get("quantity").longValue())
          .append(": ")
          .append(amount(line.get("amount_total").longValue(), line.get("currency").asString()))
          .append("</li>");
    }
    return lines.toString();
  }

  private static String back(StripeObject session) {
    String cancelUrl = session.text("cancel_url");
    return cancelUrl == null
        ? ""
        : "<p><a href=\"%s\">Back</a></p>"
            .formatted(escape(cancelUrl.replace("{CHECKOUT_SESSION_ID}", session.id())));
  }

  /** 12550 of cad is {@code CAD 125.50}. */
  static String amount(long minor, String currency) {
    int digits =
        HUNDREDTHS_FOR_STRIPE.contains(currency)
            ? 2
            : Currency.getInstance(currency.toUpperCase(Locale.ROOT)).getDefaultFractionDigits();
    return currency.toUpperCase(Locale.ROOT)
        + " "
        + BigDecimal.valueOf(minor, Math.max(digits, 0)).toPlainString();
  }

  private static String page(String content) {
    return """
    <!doctype html>
    <html lang="en"><head><meta charset="utf-8"><title>Stripe sandbox</title>
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <style>
      body { font: 1rem/1.5 system-ui, sans-serif; max-width: 30rem; margin: 3rem auto; padding: 0 1rem }
      label, button { display: block; margin: 1rem 0 } input { width: 100%%; padding: .5rem; font: inherit }
      button { padding: .6rem 1.2rem; font: inherit } [role=alert] { color: #a00; font-weight: bold }
      header { color: #666 }
    </style></head>
    <body><header>Stripe sandbox: no real money moves here.</header><main>%s</main></body></html>
    """
        .formatted(content);
  }

  private static String escape(String text) {
    return HtmlUtils.htmlEscape(text);
  }
}
