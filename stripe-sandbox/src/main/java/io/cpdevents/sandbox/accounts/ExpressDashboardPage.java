package io.cpdevents.sandbox.accounts;

import io.cpdevents.sandbox.balance.Balances;
import io.cpdevents.sandbox.objects.ObjectQuery;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.pages.HtmlPage;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The page behind a login link: the balances and the payouts of a connected account. */
@RestController
class ExpressDashboardPage {
  static final String PATH = "/connect/dashboard/{id}";

  private static final int MAX_PAYOUTS = 20;

  private final Accounts accounts;
  private final Balances balances;
  private final StripeObjects objects;

  ExpressDashboardPage(Accounts accounts, Balances balances, StripeObjects objects) {
    this.accounts = accounts;
    this.balances = balances;
    this.objects = objects;
  }

  /** Shows the page to whoever has a link; there is nothing to protect in the sandbox. */
  @GetMapping(PATH)
  ResponseEntity<String> show(@PathVariable String id, @RequestParam String login) {
    if (login.isEmpty() || accounts.findConnected(id).isEmpty()) {
      return page(HttpStatus.NOT_FOUND, HtmlPage.heading("There is no such account."));
    }
    return page(
        HttpStatus.OK,
        """
        <h1>Account %s</h1>
        <h2>Balance</h2>
        %s
        <h2>Payouts</h2>
        %s
        """
            .formatted(HtmlPage.escape(id), table(balances(id)), table(payouts(id))));
  }

  private static ResponseEntity<String> page(HttpStatus status, String content) {
    return HtmlPage.of(status, "Account - Stripe sandbox", content);
  }

  private static String table(String rows) {
    return rows.isEmpty() ? "<p>Nothing yet.</p>" : "<table class=\"lines\">" + rows + "</table>";
  }

  private String balances(String id) {
    return balances.of(id).stream()
        .map(balance ->
            "<tr><td>available<td>%s<tr><td>pending<td>%s"
                .formatted(
                    HtmlPage.amount(balance.available(), balance.currency()),
                    HtmlPage.amount(balance.pending(), balance.currency())))
        .collect(Collectors.joining());
  }

  private String payouts(String id) {
    return objects.list(ObjectQuery.of(id, "payout"), null, null, MAX_PAYOUTS).stream()
        .map(ExpressDashboardPage::payout)
        .collect(Collectors.joining());
  }

  private static String payout(StripeObject payout) {
    return "<tr><td>%s<td>%s"
        .formatted(
            HtmlPage.escape(payout.requiredText("status")),
            HtmlPage.amount(payout.number("amount"), payout.requiredText("currency")));
  }
}
