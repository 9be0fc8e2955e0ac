package io.cpdevents.sandbox.checkout;

import static io.cpdevents.sandbox.pages.HtmlPage.amount;
import static io.cpdevents.sandbox.pages.HtmlPage.escape;

import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.paymentmethods.Payer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The content of the hosted page. */
final class CheckoutHtml {
  /** Filled in for people who try the platform; not after a decline, when they need another. */
  private static final String PAYING_CARD = "4242 4242 4242 4242";

  private static final String CARDS_TO_PAY_WITH =
      """
      <tr><td>4242 4242 4242 4242<td>pays
      <tr><td>4000 0000 0000 0002<td>is declined
      <tr><td>4000 0000 0000 9995<td>has insufficient funds
      <tr><td>4000 0000 0000 3220<td>asks for authentication
      <tr><td>4000 0000 0000 5126<td>pays, its refund fails later
      <tr><td>4000 0000 0000 0259<td>pays and is disputed a moment later
      <tr><td>4000 0000 0000 1976<td>pays and its bank inquires
      <tr><td>4000 0000 0000 5423<td>pays and its bank reports a fraud
      """;

  private static final String CARDS_TO_SAVE =
      """
      <tr><td>4242 4242 4242 4242<td>is saved
      <tr><td>4000 0000 0000 0341<td>is saved, and declined when it is charged
      <tr><td>4000 0000 0000 3220<td>asks for authentication
      <tr><td>4000 0000 0000 0002<td>is declined
      """;

  private CheckoutHtml() {}

  /**
   * An attempt that was declined.
   *
   * @param payer what was typed beside the card
   */
  record Declined(String reason, Payer payer) {}

  /**
   * The form to pay with.
   *
   * @param declined what happened to the attempt before; null before the first one, when a test
   *     card is filled in
   */
  static String form(StripeObject session, @Nullable Declined declined) {
    boolean isSetup = isSetup(session);
    boolean knowsEmail = session.text("customer") != null || session.text("customer_email") != null;
    return """
    <h1>%1$s</h1>
    %2$s
    %3$s
    <form method="post" action="/c/pay/%4$s">
      %5$s
      <label>Card number <input name="card" value="%6$s" inputmode="numeric" autocomplete="off" required autofocus %7$s></label>
      <label>Name on card <input name="name" value="%8$s" autocomplete="cc-name"></label>
      <button type="submit">%10$s</button>
    </form>
    %9$s
    <details><summary>Test cards</summary>
    <table class="cards">
    %11$s
    </table>
    </details>
    """
        .formatted(
            isSetup ? "Save a card" : "Pay " + total(session),
            isSetup ? "<p>It is charged for later invoices.</p>" : lines(session),
            declined == null
                ? ""
                : "<p role=\"alert\" id=\"declined\">" + escape(declined.reason()) + "</p>",
            escape(session.id()),
            knowsEmail
                ? ""
                : "<label>E-mail <input name=\"email\" type=\"email\" value=\"%s\" required autocomplete=\"email\"></label>"
                    .formatted(declined == null ? "" : typed(declined.payer().email())),
            declined == null ? PAYING_CARD : "",
            declined == null ? "" : "aria-invalid=\"true\" aria-describedby=\"declined\"",
            declined == null ? "" : typed(declined.payer().name()),
            back(session),
            isSetup ? "Save card" : "Pay " + total(session),
            isSetup ? CARDS_TO_SAVE : CARDS_TO_PAY_WITH);
  }

  private static boolean isSetup(StripeObject session) {
    return session.is("mode", CreateSession.SETUP);
  }

  private static String total(StripeObject session) {
    return amount(session.number("amount_total"), session.requiredText("currency"));
  }

  static String authentication(StripeObject session) {
    return """
    <h1>Your bank asks: is it you?</h1>
    <p>%s</p>
    <form method="post" action="/c/pay/%s/authentication">
      <button name="outcome" value="complete">Complete authentication</button>
      <button class="quiet" name="outcome" value="fail">Fail authentication</button>
    </form>
    """
        .formatted(isSetup(session) ? "A card is saved." : total(session), escape(session.id()));
  }

  static String expired(StripeObject session) {
    return "<h1>This payment page has expired</h1>" + back(session);
  }

  private static String lines(StripeObject session) {
    StringBuilder lines = new StringBuilder("<table class=\"lines\">");
    for (JsonNode line : session.inner().path("line_items").values()) {
      lines
          .append("<tr><td>")
          .append(line.get("quantity").longValue())
          .append(" × <bdi>")
          .append(escape(line.get("description").asString()))
          .append("</bdi><td>")
          .append(amount(line.get("amount_total").longValue(), line.get("currency").asString()));
    }
    return lines.append("</table>").toString();
  }

  private static String back(StripeObject session) {
    String cancelUrl = session.text("cancel_url");
    return cancelUrl == null
        ? ""
        : "<p><a href=\"%s\">Back without %s</a></p>"
            .formatted(
                escape(cancelUrl.replace("{CHECKOUT_SESSION_ID}", session.id())),
                isSetup(session) ? "saving" : "paying");
  }

  private static String typed(@Nullable String text) {
    return text == null ? "" : escape(text);
  }
}
