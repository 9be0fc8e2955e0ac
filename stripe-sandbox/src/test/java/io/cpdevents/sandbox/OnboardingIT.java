package io.cpdevents.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.stripe.exception.StripeException;
import com.stripe.model.Account;
import com.stripe.model.AccountLink;
import com.stripe.model.BankAccount;
import com.stripe.param.AccountLinkCreateParams;
import java.net.URI;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;

class OnboardingIT extends ConnectedSandbox {
  private static final String COMPLETE =
      "outcome=complete&business_type=company&business_name=Demo+Academy&representative_name=Ann"
          + "&account_number=000123456789&routing_number=11000-000&terms=accepted";

  @Test
  void a_person_completes_the_onboarding_and_is_verified_a_moment_later() throws Exception {
    Account account = createAccount();
    AccountLink link = link(account.getId());
    assertThat(link.getUrl()).contains("/connect/onboarding/" + account.getId() + "/");
    assertThat(link.getExpiresAt()).isEqualTo(link.getCreated() + 300);

    String form = follow(link);
    Answer page = get(form);
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body())
        .contains("name=\"business_type\"", "name=\"account_number\"", "name=\"terms\"");
    Answer submitted = submit(form, COMPLETE);

    assertThat(submitted.status()).isEqualTo(303);
    assertThat(location(submitted)).isEqualTo("https://shop.example/return");
    await().atMost(MAX_WAIT_TIME).until(() -> account(account.getId()).getPayoutsEnabled());
    Account done = account(account.getId());
    assertThat(done.getBusinessProfile().getName()).isEqualTo("Demo Academy");
    assertThat(done.getBusinessType()).isEqualTo("company");
    assertThat(((BankAccount) done.getExternalAccounts().getData().getFirst()).getLast4())
        .isEqualTo("6789");
    assertThat(connectEvents("account.updated", account.getId()))
        .extracting(event -> ((Account) objectOf(event)).getRequirements().getDisabledReason())
        .contains("requirements.pending_verification")
        .containsNull();
  }

  @Test
  void whoever_saves_for_later_returns_without_having_submitted_anything() throws Exception {
    Account account = createAccount();
    String form = follow(link(account.getId()));

    Answer answer = submit(form, "outcome=later");

    assertThat(location(answer)).isEqualTo("https://shop.example/return");
    assertThat(account(account.getId()).getDetailsSubmitted()).isFalse();
  }

  @Test
  void what_is_entered_is_validated_on_the_page() throws Exception {
    Account account = createAccount();
    String form = follow(link(account.getId()));

    Answer wrongNumber =
        submit(form, COMPLETE.replace("000123456789", "12").replace("&terms=accepted", "&terms=1"));
    Answer noTerms = submit(form, COMPLETE.replace("&terms=accepted", ""));

    assertThat(wrongNumber.status()).isEqualTo(400);
    assertThat(wrongNumber.body()).contains("role=\"alert\"", "bank account number");
    assertThat(noTerms.body()).contains("agree to the terms");
    assertThat(account(account.getId()).getDetailsSubmitted()).isFalse();
    assertThat(submit(form, COMPLETE).status()).isEqualTo(303);
  }

  @Test
  void a_link_works_once_and_leads_to_the_refresh_url_after_that() throws Exception {
    AccountLink link = link(createAccount().getId());
    String form = follow(link);

    assertThat(location(get(link.getUrl()))).isEqualTo("https://shop.example/refresh");
    assertThat(get(form).status()).as("the form itself can be reloaded").isEqualTo(200);
    assertThat(get(form + "x").status()).isEqualTo(404);
  }

  @Test
  void a_link_expires_by_the_clock() throws Exception {
    AccountLink link = link(createAccount().getId());

    lever("POST", "clock/advance", "{\"seconds\": 301}");

    assertThat(location(get(link.getUrl()))).isEqualTo("https://shop.example/refresh");
  }

  @Test
  void the_page_asks_for_what_stripe_requires_later() throws Exception {
    String id = readyAccount();
    lever(
        "POST",
        "accounts/" + id + "/requirements",
        "{\"currentlyDue\": [\"company.tax_id\"], \"disabledReason\": \"requirements.past_due\"}");
    String form = follow(link(id));

    assertThat(get(form).body())
        .contains("name=\"due_company.tax_id\"")
        .doesNotContain("name=\"account_number\"", "name=\"terms\"");
    submit(form, "outcome=complete&due_company.tax_id=123");

    await().atMost(MAX_WAIT_TIME).until(() -> account(id).getPayoutsEnabled());
    assertThat(account(id).getRequirements().getCurrentlyDue()).isEmpty();
  }

  @Test
  void a_bank_account_to_which_payouts_fail_can_be_entered() throws Exception {
    Account account = createAccount();

    submit(follow(link(account.getId())), COMPLETE.replace("000123456789", "000111111116"));

    await().atMost(MAX_WAIT_TIME).until(() -> account(account.getId()).getPayoutsEnabled());
  }

  @Test
  void links_are_created_for_accounts_that_exist_and_allow_them() throws Exception {
    String id = createAccount().getId();

    assertThat(
            send(form("/v1/account_links", "account=" + id + "&type=account_onboarding")).status())
        .as("without URLs")
        .isEqualTo(400);
    assertThatThrownBy(() -> link("acct_unknown")).hasMessageContaining("does not have access");
    assertThatThrownBy(() ->
            client()
                .v1()
                .accountLinks()
                .create(linkOf(id, AccountLinkCreateParams.Type.ACCOUNT_UPDATE)))
        .hasMessageContaining("account_update");
  }

  @Test
  void a_login_link_shows_balance_and_payouts_after_onboarding() throws Exception {
    String fresh = createAccount().getId();
    assertThatThrownBy(() -> client().v1().accounts().loginLinks().create(fresh))
        .hasMessageContaining("not completed onboarding");
    String id = accountWith(12_550);
    String link = client().v1().accounts().loginLinks().create(id).getUrl();
    assertThat(get(link).body()).contains("<h2>Payouts</h2>\n<p>Nothing yet.</p>");
    payOut(2_550, id);

    Answer page = get(link);

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body()).contains("<td>available<td>CAD 100.00", "<td>pending<td>CAD 25.50");
  }

  private AccountLink link(String account) throws StripeException {
    return client()
        .v1()
        .accountLinks()
        .create(linkOf(account, AccountLinkCreateParams.Type.ACCOUNT_ONBOARDING));
  }

  private static AccountLinkCreateParams linkOf(String account, AccountLinkCreateParams.Type type) {
    return AccountLinkCreateParams.builder()
        .setAccount(account)
        .setType(type)
        .setRefreshUrl("https://shop.example/refresh")
        .setReturnUrl("https://shop.example/return")
        .build();
  }

  /** The path of the form behind a link. */
  private String follow(AccountLink link) {
    Answer answer = get(link.getUrl());
    assertThat(answer.status()).isEqualTo(303);
    return location(answer);
  }

  private static String location(Answer answer) {
    return answer.response().headers().firstValue("Location").orElse("");
  }

  private Answer get(String url) {
    return send(HttpRequest.newBuilder(here(url)));
  }

  private Answer submit(String path, String form) {
    return send(
        HttpRequest.newBuilder(here(path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form)));
  }

  /** Links have the port of the configuration; the tests run on another one. */
  private URI here(String url) {
    URI uri = URI.create(url);
    String query = uri.getRawQuery();
    return URI.create(
        "http://127.0.0.1:" + port + uri.getRawPath() + (query == null ? "" : "?" + query));
  }
}
