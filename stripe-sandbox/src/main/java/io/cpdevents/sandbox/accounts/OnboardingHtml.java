package io.cpdevents.sandbox.accounts;

import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.pages.HtmlPage;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The content of the hosted onboarding. */
final class OnboardingHtml {
  private OnboardingHtml() {}

  /** A form for everything that is due. */
  static String form(StripeObject account, String action, @Nullable String error) {
    String name = account.body().get("business_profile").get("name").asString("");
    return """
    <h1>Get paid through the sandbox</h1>
    <p>Account %s, in %s</p>
    %s
    <form method="post" action="%s">
      %s
      <button type="submit" name="outcome" value="complete">Agree and submit</button>
      <button class="quiet" type="submit" name="outcome" value="later" formnovalidate>Save for later</button>
    </form>
    <details><summary>Test bank accounts</summary>
    <table class="cards">
      <tr><td>000123456789<td>payouts arrive
      <tr><td>DE89 3704 0044 0532 0130 00<td>payouts arrive
      <tr><td>000111111116<td>payouts fail, there is no such account
      <tr><td>000111111113<td>payouts fail, the account is closed
    </table>
    </details>
    """
        .formatted(
            HtmlPage.escape(account.id()),
            HtmlPage.escape(account.requiredText("country")),
            error == null ? "" : "<p role=\"alert\">" + HtmlPage.escape(error) + "</p>",
            HtmlPage.escape(action),
            fields(account, name));
  }

  private static String fields(StripeObject account, String name) {
    StringBuilder fields = new StringBuilder();
    List<String> due = due(account);
    if (due.contains("business_type")) {
      fields.append(
          """
          <label>Type of business <select name="business_type">
            <option value="company">Company</option>
            <option value="individual">Individual</option>
            <option value="non_profit">Nonprofit organization</option>
          </select></label>
          """);
    }
    if (!account.innerFlag(AccountStatus.COLLECTED)) {
      fields.append(input("Name of the business", "business_name", name));
      fields.append(input("Your name", "representative_name", ""));
    }
    if (due.contains(AccountStatus.EXTERNAL_ACCOUNT)) {
      fields.append(input("Bank account number or IBAN", "account_number", "000123456789"));
      fields.append(
          "<label>Routing number, without an IBAN <input name=\"routing_number\" value=\"110000000\"></label>");
    }
    AccountStatus.demanded(account).stream()
        .filter(field -> !field.equals(AccountStatus.EXTERNAL_ACCOUNT))
        .forEach(field -> fields.append(input(field, "due_" + field, "")));
    if (due.contains("tos_acceptance.date")) {
      fields.append(
          "<label class=\"check\"><input type=\"checkbox\" name=\"terms\" value=\"accepted\" required> I agree to the terms</label>");
    }
    return fields.toString();
  }

  static List<String> due(StripeObject account) {
    return account
        .body()
        .get("requirements")
        .get("currently_due")
        .valueStream()
        .map(JsonNode::asString)
        .collect(Collectors.toList());
  }

  private static String input(String label, String name, String value) {
    return "<label>%s <input name=\"%s\" value=\"%s\" required></label>\n"
        .formatted(HtmlPage.escape(label), HtmlPage.escape(name), HtmlPage.escape(value));
  }
}
