package io.cpdevents.sandbox.checkout;

import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.pages.HtmlPage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The HTML of the hosted page. */
final class CheckoutHtml {
  private CheckoutHtml() {}

  static String form(StripeObject session, @Nullable String error) {
    boolean knowsEmail = session.text("customer") != null || session.text("customer_email") != null;
    String email =
        knowsEmail
            ? ""
            : "<label>E-mail <input name=\"email\" type=\"email\" required autocomplete=\"email\"></label>";
    return HtmlPage.of(
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
          <li>4000 0000 0000 0259 pays and is disputed a moment later</li>
          <li>4000 0000 0000 1976 pays and its bank inquires</li>
          <li>4000 0000 0000 5423 pays and its bank reports a fraud</li>
        </ul></details>
        """
            .formatted(
                HtmlPage.amount(session.number("amount_total"), session.requiredText("currency")),
                lines(session),
                error == null ? "" : "<p role=\"alert\">" + HtmlPage.escape(error) + "</p>",
                HtmlPage.escape(session.id()),
                email,
                HtmlPage.amount(session.number("amount_total"), session.requiredText("currency")),
                back(session)));
  }

  static String authentication(StripeObject session) {
    return HtmlPage.of(
        """
        <h1>Your bank asks: is it you?</h1>
        <p>%s</p>
        <form method="post" action="/c/pay/%s/authentication">
          <button name="outcome" value="complete">Complete authentication</button>
          <button name="outcome" value="fail">Fail authentication</button>
        </form>
        """
            .formatted(
                HtmlPage.amount(session.number("amount_total"), session.requiredText("currency")),
                HtmlPage.escape(session.id())));
  }

  static String expired(StripeObject session) {
    return HtmlPage.of("<h1>This payment page has expired</h1>" + back(session));
  }

  private static String lines(StripeObject session) {
    StringBuilder lines = new StringBuilder();
    for (JsonNode line : session.inner().path("line_items").values()) {
      lines
          .append("<li>")
          .append(HtmlPage.escape(line.get("description").asString()))
          .append(" × ")
          .append(line.get("quantity").longValue())
          .append(": ")
          .append(
              HtmlPage.amount(
                  line.get("amount_total").longValue(), line.get("currency").asString()))
          .append("</li>");
    }
    return lines.toString();
  }

  private static String back(StripeObject session) {
    String cancelUrl = session.text("cancel_url");
    return cancelUrl == null
        ? ""
        : "<p><a href=\"%s\">Back</a></p>"
            .formatted(HtmlPage.escape(cancelUrl.replace("{CHECKOUT_SESSION_ID}", session.id())));
  }
}
