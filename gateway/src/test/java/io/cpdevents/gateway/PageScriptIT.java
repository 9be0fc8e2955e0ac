package io.cpdevents.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.delete;
import static com.github.tomakehurst.wiremock.client.WireMock.deleteRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.noContent;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.serviceUnavailable;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.stubbing.Scenario.STARTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.cpdevents.platform.test.servers.FreePort;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.htmlunit.BrowserVersion;
import org.htmlunit.ScriptPreProcessor;
import org.htmlunit.WebClient;
import org.htmlunit.html.DomText;
import org.htmlunit.html.HtmlButton;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The pages in a browser: what people see and do, and what their script asks of the API. */
@SpringBootTest(webEnvironment = WebEnvironment.DEFINED_PORT)
class PageScriptIT extends GatewayUnderTest {

  private static final int PORT = FreePort.any();
  private static final String OWN_URL = "http://localhost:" + PORT;
  private static final String ID = "0198c2d5-3d4e-7000-8000-0123456789ab";
  private static final String PAYMENT_ID = "0198c2d5-3d4e-7000-8000-0123456789ac";

  /** This browser writes neither currencies nor shares by itself. */
  private static final String NUMBERS =
      """
      Intl.NumberFormat = function (language, options) {
        const style = options && options.style;
        this.format = value =>
          style === 'currency' ? value.toFixed(2) + ' ' + options.currency
            : style === 'percent' ? value * 100 + ' %' : String(value);
        this.resolvedOptions = () => ({maximumFractionDigits: 2});
      };
      """;

  /** It has no passkeys either: this device signs whatever it is asked. */
  private static final String PASSKEYS =
      """
      Object.defineProperty(window, 'isSecureContext', {value: true, configurable: true});
      window.PublicKeyCredential = {parseRequestOptionsFromJSON: options => options};
      Object.defineProperty(navigator, 'credentials', {configurable: true, value: {
        get: asked => asked.publicKey.userVerification === 'required'
          ? Promise.resolve({toJSON: () => ({id: 'key', response: {
              clientDataJSON: 'of ' + asked.publicKey.challenge, authenticatorData: 'data',
              signature: 'signature', userHandle: 'user'}})})
          : Promise.reject(new Error('NotAllowedError'))}});
      """;

  private boolean hasPasskeys;
  private final WebClient browser = new WebClient(BrowserVersion.CHROME);

  @DynamicPropertySource
  static void address(DynamicPropertyRegistry properties) {
    properties.add("server.port", () -> PORT);
    properties.add("test.public-url", () -> OWN_URL);
  }

  PageScriptIT() {
    browser.getOptions().setFetchPolyfillEnabled(true);
    browser.getOptions().setThrowExceptionOnFailingStatusCode(false);
    browser.setScriptPreProcessor(
        (ScriptPreProcessor)
            (page, source, name, line, element) ->
                name.contains("/pages/page.js")
                    ? NUMBERS + (hasPasskeys ? PASSKEYS : "") + source
                    : source);
  }

  @AfterEach
  void close() {
    browser.close();
  }

  @Test
  void the_link_of_the_verification_mail_asks_for_the_password_and_its_token_stays_in_the_browser()
      throws Exception {
    services.stubFor(
        post("/api/v1/accounts/verification")
            .withRequestBody(equalToJson("{\"token\":\"secret-1\",\"password\":\"wrong\"}"))
            .willReturn(problem(401, "invalid-credentials")));
    services.stubFor(
        post("/api/v1/accounts/verification")
            .withRequestBody(equalToJson("{\"token\":\"secret-1\",\"password\":\"right\"}"))
            .willReturn(noContent()));

    HtmlPage page = open("/verify-email#token=secret-1");
    assertThat(shown(page)).contains("enter the password that you chose when you signed up");
    services.verify(0, postRequestedFor(urlEqualTo("/api/v1/accounts/verification")));
    type(page, "use-link", "password", "wrong");
    page = send(page, "use-link");
    assertThat(shown(page)).contains("That is not the password of this sign-up");
    type(page, "use-link", "password", "right");
    page = send(page, "use-link");

    assertThat(shown(page)).contains("Your address is confirmed");
    assertThat(page.getUrl().toString()).isEqualTo(OWN_URL + "/verify-email");
    services.verify(
        2,
        postRequestedFor(urlEqualTo("/api/v1/accounts/verification"))
            .withHeader("Origin", equalTo(OWN_URL)));
  }

  @Test
  void a_link_that_does_not_count_any_more_offers_a_new_mail() throws Exception {
    services.stubFor(
        post("/api/v1/accounts/verification").willReturn(problem(400, "token-invalid")));
    services.stubFor(
        post("/api/v1/accounts/verification-mails")
            .withRequestBody(equalToJson("{\"email\":\"ann@example.org\"}"))
            .willReturn(aResponse().withStatus(202)));

    HtmlPage page = open("/verify-email#token=old");
    type(page, "use-link", "password", "right");
    page = send(page, "use-link");
    assertThat(shown(page)).contains("This link does not work any more");
    type(page, "new-link", "email", "ann@example.org");

    assertThat(shown(send(page, "new-link"))).contains("Look into your mailbox");
    assertThat(shown(open("/verify-email"))).contains("This link does not work any more");
  }

  @Test
  void a_password_is_reset_by_the_link_or_a_link_is_asked_for() throws Exception {
    services.stubFor(
        post("/api/v1/password-resets/completion")
            .withRequestBody(
                equalToJson("{\"token\":\"secret-1\",\"newPassword\":\"correct horse battery\"}"))
            .willReturn(noContent()));
    services.stubFor(
        post("/api/v1/password-resets")
            .withRequestBody(equalToJson("{\"email\":\"ann@example.org\"}"))
            .willReturn(aResponse().withStatus(202)));

    services.stubFor(
        post("/api/v1/password-resets/completion")
            .withRequestBody(
                equalToJson("{\"token\":\"secret-1\",\"newPassword\":\"password1234\"}"))
            .willReturn(problem(400, "invalid-request", "newPassword", "too-easy")));

    HtmlPage page = open("/reset-password#token=secret-1");
    type(page, "use-link", "newPassword", "password1234");
    page = send(page, "use-link");
    assertThat(shown(page)).contains("This password is too easy to guess");
    type(page, "use-link", "newPassword", "correct horse battery");
    assertThat(shown(send(page, "use-link"))).contains("Your password is changed");
    page = open("/reset-password");
    type(page, "new-link", "email", "ann@example.org");
    assertThat(shown(send(page, "new-link"))).contains("Look into your mailbox");
  }

  @Test
  void where_the_api_is_not_there_yet_the_page_says_so() throws Exception {
    services.stubFor(
        post("/api/v1/password-resets/completion").willReturn(problem(404, "not-found")));
    services.stubFor(post("/api/v1/invitations/acceptance").willReturn(problem(404, "not-found")));

    HtmlPage page = open("/reset-password#token=secret-1");
    type(page, "use-link", "newPassword", "correct horse battery");

    assertThat(shown(send(page, "use-link"))).contains("This platform cannot do this yet");
    assertThat(shown(send(open("/invitations#token=secret-1"), "use-link")))
        .contains("This platform cannot do this yet");
  }

  @Test
  void an_invitation_is_accepted_after_logging_in() throws Exception {
    services.stubFor(
        post("/api/v1/invitations/acceptance")
            .inScenario("log in")
            .whenScenarioStateIs(STARTED)
            .willReturn(problem(401, "session-required")));
    services.stubFor(
        post("/api/v1/sessions")
            .inScenario("log in")
            .withRequestBody(
                equalToJson("{\"email\":\"ann@example.org\",\"password\":\"a password\"}"))
            .willReturn(okJson("{}"))
            .willSetStateTo("logged in"));
    services.stubFor(
        post("/api/v1/invitations/acceptance")
            .inScenario("log in")
            .whenScenarioStateIs("logged in")
            .withRequestBody(equalToJson("{\"token\":\"secret-1\"}"))
            .willReturn(okJson("{\"organizationId\":\"" + ID + "\",\"role\":\"finance\"}")));
    services.stubFor(
        get("/api/v1/organizations/" + ID).willReturn(okJson("{\"name\":\"Academy\"}")));

    HtmlPage page = send(open("/invitations#token=secret-1"), "use-link");
    assertThat(shown(page)).contains("Log in with the account");
    logIn(page);

    assertThat(shown(page)).contains("Welcome", "Academy", "Finance").doesNotContain("Owner");
  }

  @Test
  void who_has_a_passkey_logs_in_by_it() throws Exception {
    hasPasskeys = true;
    services.stubFor(
        post("/api/v1/invitations/acceptance")
            .inScenario("passkey")
            .whenScenarioStateIs(STARTED)
            .willReturn(problem(401, "session-required")));
    services.stubFor(
        post("/api/v1/sessions/passkey/options")
            .inScenario("passkey")
            .whenScenarioStateIs(STARTED)
            .willReturn(okJson("{\"challenge\":\"c\",\"userVerification\":\"preferred\"}"))
            .willSetStateTo("asked"));
    services.stubFor(
        post("/api/v1/sessions/passkey/options")
            .inScenario("passkey")
            .whenScenarioStateIs("asked")
            .willReturn(okJson("{\"challenge\":\"c\",\"userVerification\":\"required\"}")));
    services.stubFor(
        post("/api/v1/sessions/passkey")
            .inScenario("passkey")
            .withRequestBody(
                equalToJson(
                    """
                    {"credentialId": "key", "clientDataJson": "of c", "authenticatorData": "data",
                     "signature": "signature", "userHandle": "user"}
                    """))
            .willReturn(okJson("{}"))
            .willSetStateTo("logged in"));
    services.stubFor(
        post("/api/v1/invitations/acceptance")
            .inScenario("passkey")
            .whenScenarioStateIs("logged in")
            .willReturn(okJson("{\"organizationId\":\"" + ID + "\",\"role\":\"finance\"}")));
    services.stubFor(
        get("/api/v1/organizations/" + ID).willReturn(okJson("{\"name\":\"Academy\"}")));

    HtmlPage page = send(open("/invitations#token=secret-1"), "use-link");
    press(page, "passkey", "Use a passkey");
    await()
        .untilAsserted(() -> assertThat(shown(page)).contains("That did not work with a passkey"));
    press(page, "passkey", "Use a passkey");

    await().untilAsserted(() -> assertThat(shown(page)).contains("Welcome", "Academy"));
  }

  @Test
  void a_browser_without_passkeys_offers_none() throws Exception {
    services.stubFor(
        post("/api/v1/invitations/acceptance").willReturn(problem(401, "session-required")));

    assertThat(shown(send(open("/invitations#token=secret-1"), "use-link")))
        .contains("Log in with the account")
        .doesNotContain("Use a passkey");
  }

  @Test
  void a_changed_address_is_confirmed_or_taken_back() throws Exception {
    services.stubFor(
        post("/api/v1/me/email-changes/confirmation")
            .withRequestBody(equalToJson("{\"token\":\"secret-1\",\"password\":\"mine\"}"))
            .willReturn(noContent()));
    services.stubFor(
        post("/api/v1/me/email-changes/confirmation")
            .withRequestBody(equalToJson("{\"token\":\"secret-1\",\"password\":\"wrong\"}"))
            .willReturn(problem(401, "invalid-credentials")));
    services.stubFor(
        post("/api/v1/me/email-changes/revert")
            .withRequestBody(equalToJson("{\"token\":\"secret-2\"}"))
            .willReturn(noContent()));

    HtmlPage page = open("/confirm-email#token=secret-1");
    assertThat(shown(page)).doesNotContain("Keep the old address");
    type(page, "use-link", "password", "wrong");
    page = send(page, "use-link");
    assertThat(shown(page)).contains("not the password of the account");
    type(page, "use-link", "password", "mine");
    assertThat(shown(send(page, "use-link")))
        .contains("you log in with the new address")
        .doesNotContain("has its old address");
    assertThat(shown(send(open("/confirm-email#revert=secret-2"), "revert")))
        .contains("has its old address");
  }

  @Test
  void back_from_checkout_the_page_goes_on_by_itself_until_the_registration_is_confirmed()
      throws Exception {
    services.stubFor(
        get("/api/v1/registrations/" + ID)
            .inScenario("payment")
            .whenScenarioStateIs(STARTED)
            .willReturn(okJson(registration("held"))));
    services.stubFor(
        get(urlPathEqualTo("/api/v1/payments"))
            .inScenario("payment")
            .whenScenarioStateIs(STARTED)
            .willReturn(okJson(payment("awaiting-payment", 0)))
            .willSetStateTo("paid"));
    services.stubFor(
        get("/api/v1/registrations/" + ID)
            .inScenario("payment")
            .whenScenarioStateIs("paid")
            .willReturn(okJson(registration("confirmed"))));
    services.stubFor(
        get(urlPathEqualTo("/api/v1/payments"))
            .inScenario("payment")
            .whenScenarioStateIs("paid")
            .willReturn(okJson(payment("captured", 0))));

    HtmlPage page = open("/registrations/" + ID + "?checkout=done");
    assertThat(page.asXml()).contains("we are waiting for your payment");

    await()
        .untilAsserted(() ->
            assertThat(shown(page))
                .contains("You are registered.", "Ada Lovelace", "T-CODE", "125.50 CAD")
                .doesNotContain("waiting for your payment"));
  }

  @Test
  void a_held_registration_can_be_paid_and_one_returns_to_its_page() throws Exception {
    services.stubFor(get("/api/v1/registrations/" + ID).willReturn(okJson(registration("held"))));
    services.stubFor(
        get(urlPathEqualTo("/api/v1/payments")).willReturn(okJson(payment("awaiting-payment", 0))));
    services.stubFor(
        post("/api/v1/payments/" + PAYMENT_ID + "/checkout")
            .withRequestBody(
                equalToJson(
                    """
                    {"successUrl": "%1$s/registrations/%2$s?checkout=done",
                     "cancelUrl": "%1$s/registrations/%2$s"}
                    """
                        .formatted(OWN_URL, ID)))
            .willReturn(okJson("{\"url\":\"" + OWN_URL + "/health\"}")));

    HtmlPage page = open("/registrations/" + ID);
    assertThat(shown(page)).contains("Your places are held until", "Pay 125.50 CAD");
    form(page, "pay").getButtonsByName("").forEach(PageScriptIT::click);

    await()
        .untilAsserted(() ->
            assertThat(browser.getCurrentWindow().getEnclosedPage().getUrl().toString())
                .isEqualTo(OWN_URL + "/health"));
  }

  @Test
  void a_hold_that_is_over_and_money_that_came_too_late_are_told_apart() throws Exception {
    services.stubFor(
        get("/api/v1/registrations/" + ID).willReturn(okJson(registration("expired"))));
    services.stubFor(
        get(urlPathEqualTo("/api/v1/payments")).willReturn(okJson(payment("cancelled", 0))));
    assertThat(shown(open("/registrations/" + ID)))
        .contains("The time to pay is over", "you have paid nothing")
        .doesNotContain("Refunded");

    services.stubFor(
        get(urlPathEqualTo("/api/v1/payments")).willReturn(okJson(payment("captured", 12550))));
    assertThat(shown(open("/registrations/" + ID)))
        .contains("Your payment came too late", "Refunded", "125.50 CAD")
        .doesNotContain("paid nothing");
  }

  @Test
  void tickets_are_cancelled_after_the_page_has_told_what_goes_back_for_them() throws Exception {
    stubRegistrationOfTwo(STARTED, "valid", "null");
    stubRegistrationOfTwo("cancelled", "cancelled", "{\"amountMinor\":9413,\"currency\":\"CAD\"}");
    services.stubFor(
        get(urlPathEqualTo("/api/v1/payments")).willReturn(okJson(payment("captured", 0))));
    stubPreview("[\"t1\",\"t2\"]", 18825);
    stubPreview("[\"t1\"]", 9413);
    services.stubFor(
        post("/api/v1/registrations/" + ID + "/cancellation")
            .inScenario("cancellation")
            .withRequestBody(equalToJson("{\"ticketIds\":[\"t1\"]}"))
            .willReturn(okJson("{}"))
            .willSetStateTo("cancelled"));

    HtmlPage page = open("/registrations/" + ID);
    assertThat(shown(page)).doesNotContain("On its way back");
    press(page, "cancel", "Cancel tickets");
    assertThat(shown(page))
        .contains("Ada Lovelace, Nurse", "Bob Byron, Nurse", "You get back", "188.25 CAD")
        .contains("75 %", "48 hours before the start");
    click(form(page, "cancel").<HtmlElement>getByXPath(".//input").getLast());
    browser.waitForBackgroundJavaScriptStartingBefore(1_000);
    assertThat(shown(page)).contains("94.13 CAD").doesNotContain("188.25 CAD");
    page = send(page, "cancel");

    assertThat(shown(page))
        .contains("You are registered.", "On its way back", "94.13 CAD", "Nurse Cancelled")
        .doesNotContain("This cannot be undone");
  }

  @Test
  void a_look_that_is_answered_late_takes_nobody_from_what_they_are_about_to_cancel()
      throws Exception {
    stubRegistrationOfTwo(STARTED, "valid", "null");
    String requested =
        "\"refunds\":[{\"status\":\"requested\",\"amount\":{\"amountMinor\":100,\"currency\":\"CAD\"}}],";
    String answer = payment("captured", 0).replace("\"status\"", requested + "\"status\"");
    services.stubFor(
        get(urlPathEqualTo("/api/v1/payments"))
            .inScenario("looks")
            .whenScenarioStateIs(STARTED)
            .willReturn(okJson(answer))
            .willSetStateTo("looked"));
    services.stubFor(
        get(urlPathEqualTo("/api/v1/payments"))
            .inScenario("looks")
            .whenScenarioStateIs("looked")
            .willReturn(okJson(answer).withFixedDelay(1_500)));
    stubPreview("[\"t1\",\"t2\"]", 18825);

    HtmlPage page = open("/registrations/" + ID);
    await()
        .untilAsserted(
            () -> services.verify(2, getRequestedFor(urlPathEqualTo("/api/v1/payments"))));
    press(page, "cancel", "Cancel tickets");
    browser.waitForBackgroundJavaScript(4_000);

    assertThat(shown(page)).contains("This cannot be undone");
    services.verify(2, getRequestedFor(urlPathEqualTo("/api/v1/payments")));
  }

  @Test
  void nothing_can_be_cancelled_before_the_page_has_told_what_goes_back() throws Exception {
    stubRegistrationOfTwo(STARTED, "valid", "null");
    services.stubFor(get(urlPathEqualTo("/api/v1/payments")).willReturn(okJson("{\"data\":[]}")));
    services.stubFor(
        post("/api/v1/registrations/" + ID + "/cancellation-preview")
            .willReturn(problem(409, "event-started")));

    HtmlPage page = open("/registrations/" + ID);
    press(page, "cancel", "Cancel tickets");

    assertThat(shown(page)).contains("Only the organizer can still cancel");
    HtmlButton confirm = form(page, "cancel").getFirstByXPath(".//button");
    assertThat(confirm.isDisabled()).isTrue();
    for (HtmlElement box : form(page, "cancel").<HtmlElement>getByXPath(".//input")) {
      click(box);
    }
    assertThat(shown(page)).contains("Choose at least one ticket");
    assertThat(confirm.isDisabled()).isTrue();
    press(page, "keep", "Go back");
    assertThat(shown(page)).contains("You are registered.");
    services.verify(
        0, postRequestedFor(urlEqualTo("/api/v1/registrations/" + ID + "/cancellation")));
  }

  @Test
  void a_cancellation_that_was_not_answered_is_sent_again_with_the_same_key() throws Exception {
    stubRegistrationOfTwo(STARTED, "valid", "null");
    services.stubFor(get(urlPathEqualTo("/api/v1/payments")).willReturn(okJson("{\"data\":[]}")));
    stubPreview("[\"t1\",\"t2\"]", 0);
    services.stubFor(
        post("/api/v1/registrations/" + ID + "/cancellation").willReturn(serviceUnavailable()));

    HtmlPage page = open("/registrations/" + ID);
    press(page, "cancel", "Cancel tickets");
    assertThat(shown(page)).contains("nothing goes back any more");
    send(page, "cancel");
    assertThat(shown(page)).contains("This did not work");
    send(page, "cancel");
    press(page, "keep", "Go back");
    press(page, "cancel", "Cancel tickets");
    send(page, "cancel");

    List<String> keys =
        services
            .findAll(postRequestedFor(urlEqualTo("/api/v1/registrations/" + ID + "/cancellation")))
            .stream()
            .map(request -> request.getHeader("Idempotency-Key"))
            .toList();
    assertThat(keys).hasSize(3).allSatisfy(key -> assertThat(key).hasSize(32));
    assertThat(keys.get(1)).isEqualTo(keys.get(0));
    assertThat(keys.get(2)).isNotEqualTo(keys.get(0));
  }

  /** An organizer gives back what others have paid, so the API asks who that is. */
  @Test
  void an_organizer_who_cancels_is_asked_for_the_password_and_the_page_goes_on() throws Exception {
    stubRegistrationOfTwo(STARTED, "valid", "null");
    stubRegistrationOfTwo("proved", "valid", "null");
    stubRegistrationOfTwo("cancelled", "cancelled", "{\"amountMinor\":9413,\"currency\":\"CAD\"}");
    services.stubFor(
        get(urlPathEqualTo("/api/v1/payments")).willReturn(okJson(payment("captured", 0))));
    stubPreview("[\"t1\",\"t2\"]", 18825);
    String cancellation = "/api/v1/registrations/" + ID + "/cancellation";
    services.stubFor(
        post(cancellation)
            .inScenario("cancellation")
            .whenScenarioStateIs(STARTED)
            .willReturn(problem(403, "step-up-required")));
    services.stubFor(
        post("/api/v1/sessions/current/step-up")
            .inScenario("cancellation")
            .withRequestBody(equalToJson("{\"password\":\"a password\"}"))
            .willReturn(noContent())
            .willSetStateTo("proved"));
    services.stubFor(
        post(cancellation)
            .inScenario("cancellation")
            .whenScenarioStateIs("proved")
            .willReturn(okJson("{}"))
            .willSetStateTo("cancelled"));

    HtmlPage page = open("/registrations/" + ID);
    press(page, "cancel", "Cancel tickets");
    send(page, "cancel");
    assertThat(shown(page)).contains("enter your password once more");
    type(page, "step-up", "password", "a password");
    send(page, "step-up");

    assertThat(shown(page)).contains("On its way back", "94.13 CAD", "Nurse Cancelled");
    assertThat(
            services.findAll(postRequestedFor(urlEqualTo(cancellation))).stream()
                .map(request -> request.getHeader("Idempotency-Key"))
                .distinct())
        .as("one cancellation")
        .hasSize(1);
  }

  @Test
  void a_hold_is_given_back_as_a_whole() throws Exception {
    services.stubFor(get("/api/v1/registrations/" + ID).willReturn(okJson(registration("held"))));
    services.stubFor(
        get(urlPathEqualTo("/api/v1/payments")).willReturn(okJson(payment("awaiting-payment", 0))));
    services.stubFor(
        post("/api/v1/registrations/" + ID + "/cancellation").willReturn(okJson("{}")));

    HtmlPage page = open("/registrations/" + ID);
    press(page, "cancel", "Give the places back");
    assertThat(shown(page)).contains("You have paid nothing").doesNotContain("You get back");
    assertThat(form(page, "cancel").<HtmlElement>getByXPath(".//input[not(@hidden)]")).isEmpty();
    send(page, "cancel");

    services.verify(
        postRequestedFor(urlEqualTo("/api/v1/registrations/" + ID + "/cancellation"))
            .withRequestBody(equalToJson("{}")));
    services.verify(
        0, postRequestedFor(urlEqualTo("/api/v1/registrations/" + ID + "/cancellation-preview")));
  }

  @Test
  void a_refund_that_the_bank_did_not_take_is_not_on_its_way() throws Exception {
    stubRegistrationOfTwo(STARTED, "cancelled", "{\"amountMinor\":9413,\"currency\":\"CAD\"}");
    String failed =
        "\"refunds\":[{\"status\":\"failed\",\"amount\":{\"amountMinor\":9413,\"currency\":\"CAD\"}}],";
    services.stubFor(
        get(urlPathEqualTo("/api/v1/payments"))
            .willReturn(
                okJson(payment("captured", 0).replace("\"status\"", failed + "\"status\""))));

    assertThat(shown(open("/registrations/" + ID)))
        .contains("Your bank did not take the refund")
        .doesNotContain("On its way back");
  }

  @Test
  void a_registration_of_somebody_else_is_not_found_and_one_can_log_out() throws Exception {
    services.stubFor(
        get("/api/v1/registrations/" + ID).willReturn(problem(404, "registration-not-found")));

    HtmlPage page = open("/registrations/" + ID);

    assertThat(shown(page)).contains("There is no such registration", "Log out");
    services.stubFor(delete("/api/v1/sessions/current").willReturn(noContent()));
    services.stubFor(
        get("/api/v1/registrations/" + ID).willReturn(problem(401, "session-required")));
    click(page.getFirstByXPath("//button[@data-action='log-out']"));
    await()
        .untilAsserted(() ->
            assertThat(shown((HtmlPage) browser.getCurrentWindow().getEnclosedPage()))
                .contains("Log in with the account")
                .doesNotContain("Log out"));
    services.verify(1, deleteRequestedFor(urlEqualTo("/api/v1/sessions/current")));
  }

  @Test
  void wrong_credentials_are_told_and_can_be_corrected() throws Exception {
    services.stubFor(get("/api/v1/waitlist/" + ID).willReturn(problem(401, "session-required")));
    services.stubFor(post("/api/v1/sessions").willReturn(problem(401, "invalid-credentials")));

    HtmlPage page = open("/waitlist/" + ID);
    logIn(page);

    assertThat(shown(page)).contains("The e-mail address, the password or the code is wrong.");
    assertThat(form(page, "log-in").<HtmlButton>getFirstByXPath(".//button").isDisabled())
        .isFalse();
  }

  @Test
  void an_offer_of_the_waiting_list_is_accepted_with_a_name_for_each_place() throws Exception {
    services.stubFor(get("/api/v1/waitlist/" + ID).willReturn(okJson(waitlistEntry("offered"))));
    services.stubFor(
        post("/api/v1/waitlist/" + ID + "/acceptance")
            .withRequestBody(
                equalToJson(
                    """
                    {"tickets":[
                      {"ticketTypeId":"t1","attendee":{"name":"Ann","email":"ann@example.org"}},
                      {"ticketTypeId":"t1","attendee":{"name":"Bob","email":"bob@example.org"}}]}
                    """))
            .willReturn(okJson("{\"id\":\"" + ID + "\"}")));
    services.stubFor(
        get("/api/v1/registrations/" + ID).willReturn(okJson(registration("confirmed"))));
    services.stubFor(get(urlPathEqualTo("/api/v1/payments")).willReturn(okJson("{\"data\":[]}")));

    HtmlPage page = open("/waitlist/" + ID);
    assertThat(shown(page)).contains("A place is free for you", "Ticket 1", "Ticket 2");
    String[] typed = {"Ann", "ann@example.org", "Bob", "bob@example.org"};
    int i = 0;
    for (Object input : form(page, "accept").getByXPath(".//input")) {
      ((HtmlInput) input).type(typed[i++]);
    }
    form(page, "accept").<HtmlButton>getFirstByXPath(".//button").click();

    await()
        .untilAsserted(() ->
            assertThat(browser.getCurrentWindow().getEnclosedPage().getUrl().getPath())
                .isEqualTo("/registrations/" + ID));
  }

  @Test
  void one_leaves_the_waiting_list() throws Exception {
    services.stubFor(
        get("/api/v1/waitlist/" + ID)
            .inScenario("leave")
            .whenScenarioStateIs(STARTED)
            .willReturn(okJson(waitlistEntry("waiting"))));
    services.stubFor(
        delete("/api/v1/waitlist/" + ID)
            .inScenario("leave")
            .willReturn(noContent())
            .willSetStateTo("left"));
    services.stubFor(
        get("/api/v1/waitlist/" + ID)
            .inScenario("leave")
            .whenScenarioStateIs("left")
            .willReturn(okJson(waitlistEntry("left"))));

    HtmlPage page = open("/waitlist/" + ID);
    assertThat(shown(page)).contains("Your position: 7", "Leave the waiting list");

    assertThat(shown(send(page, "leave"))).contains("You are no longer on the waiting list");
  }

  @Test
  void an_event_is_shown_to_everybody() throws Exception {
    services.stubFor(
        get("/api/v1/events/" + ID)
            .willReturn(
                okJson(
                    """
                    {"id":"%s","title":"Wound care","description":"Day one","status":"published",
                     "mode":"hybrid","startsAt":"2026-05-04T13:00:00Z","endsAt":"2026-05-04T17:00:00Z",
                     "timeZone":"America/Toronto","venue":null,"cpdCredits":3.5,"placesLeft":12,
                     "ticketTypes":[{"name":"Nurse","price":{"amountMinor":12550,"currency":"CAD"}}]}
                    """
                        .formatted(ID))));

    assertThat(shown(open("/events/" + ID)))
        .contains("Wound care", "Day one", "In person and online", "3.5", "Nurse 125.50 CAD")
        .doesNotContain("Where", "cancelled");
  }

  @Test
  void a_dispute_is_shown_to_its_organization() throws Exception {
    services.stubFor(
        get("/api/v1/disputes/" + PAYMENT_ID)
            .willReturn(
                okJson(
                    """
                    {"id":"%s","status":"needs-response","kind":"chargeback","reason":"product_not_received",
                     "amount":{"amountMinor":12550,"currency":"CAD"},"dueBy":"2026-05-04T13:00:00Z"}
                    """
                        .formatted(PAYMENT_ID))));

    assertThat(shown(open("/organizations/" + ID + "/disputes/" + PAYMENT_ID)))
        .contains(
            "Dispute", "Waits for your answer", "Chargeback", "product not received", "125.50 CAD")
        .doesNotContain("Refunded", "Cause");
  }

  @Test
  void an_organization_sees_what_stripe_asks_for_and_goes_on_there() throws Exception {
    String account = "/api/v1/organizations/" + ID + "/payout-account";
    services.stubFor(
        get(account)
            .willReturn(
                okJson(
                    """
                    {"status":"restricted","disabledReason":"requirements.past_due","country":"CA",
                     "currencies":["CAD","USD"],
                     "requirements":[
                       {"field":"company.tax_id","state":"past-due","dueBy":null,"problem":null},
                       {"field":"person.verification","state":"pending-verification"}]}
                    """)));
    services.stubFor(
        post(account)
            .inScenario("step up")
            .whenScenarioStateIs(STARTED)
            .willReturn(problem(403, "step-up-required")));
    services.stubFor(
        post("/api/v1/sessions/current/step-up").willReturn(problem(401, "invalid-credentials")));
    services.stubFor(
        post("/api/v1/sessions/current/step-up")
            .inScenario("step up")
            .withRequestBody(equalToJson("{\"password\":\"a password\"}"))
            .willReturn(noContent())
            .willSetStateTo("proved"));
    services.stubFor(
        post(account)
            .inScenario("step up")
            .whenScenarioStateIs("proved")
            .withRequestBody(
                equalToJson(
                    "{\"returnUrl\":\"" + OWN_URL + "/organizations/" + ID + "/payout-account\"}"))
            .willReturn(okJson("{\"url\":\"" + OWN_URL + "/health\"}")));

    HtmlPage page = open("/organizations/" + ID + "/payout-account");
    assertThat(shown(page))
        .contains("Stripe pays your organization nothing at the moment", "CAD, USD")
        .contains("company tax id Missing", "person verification Stripe is checking it")
        .doesNotContain("can be paid");
    page = send(page, "onboard");
    assertThat(shown(page)).contains("enter your password once more");
    type(page, "step-up", "password", "wrong");
    page = send(page, "step-up");
    assertThat(shown(page)).contains("That is not right");
    type(page, "step-up", "password", "a password");
    form(page, "step-up").<HtmlButton>getFirstByXPath(".//button").click();

    await()
        .untilAsserted(() ->
            assertThat(browser.getCurrentWindow().getEnclosedPage().getUrl().toString())
                .isEqualTo(OWN_URL + "/health"));
  }

  @Test
  void an_owner_whose_card_was_not_charged_chooses_or_saves_another() throws Exception {
    String organization = "/api/v1/organizations/" + ID;
    String cards = organization + "/payment-methods";
    services.stubFor(
        get(organization + "/subscription")
            .willReturn(
                okJson(
                    """
                    {"planId":"professional","status":"grace","trialEndsAt":null,
                     "period":{"start":"2026-05-04T13:00:00Z","end":"2026-06-04T13:00:00Z"},
                     "graceEndsAt":"2026-06-18T13:00:00Z","cancelAtPeriodEnd":false,
                     "paymentMethodRequired":true}
                    """)));
    services.stubFor(
        get(cards)
            .willReturn(
                okJson(
                    """
                    {"data":[
                       {"id":"pm_1","brand":"visa","last4":"0341","expMonth":4,"expYear":2031,
                        "isDefault":true,"status":"expiring"},
                       {"id":"pm_2","brand":"mastercard","last4":"4444","expMonth":12,"expYear":2033,
                        "isDefault":false,"status":"valid"}],
                     "next":null}
                    """)));
    services.stubFor(
        put(cards + "/pm_2/default").willReturn(okJson("{\"data\":[],\"next\":null}")));
    services.stubFor(
        post(cards + "/setup")
            .withRequestBody(
                equalToJson(
                    "{\"returnUrl\":\"" + OWN_URL + "/organizations/" + ID + "/subscription\"}"))
            .willReturn(okJson("{\"url\":\"" + OWN_URL + "/health\"}")));

    HtmlPage page = open("/organizations/" + ID + "/subscription");
    assertThat(shown(page))
        .contains("Your card could not be charged, and is not tried again", "professional")
        .contains("visa •••• 0341, 04/2031 Expires soon", "mastercard •••• 4444, 12/2033")
        .doesNotContain("Next charge", "Trial ends", "Expired");
    form(page, "choose-card").<HtmlInput>getByXPath(".//input").getLast().setChecked(true);
    send(page, "choose-card");
    services.verify(putRequestedFor(urlEqualTo(cards + "/pm_2/default")));
    form(page, "save-card").<HtmlButton>getFirstByXPath(".//button").click();

    await()
        .untilAsserted(() ->
            assertThat(browser.getCurrentWindow().getEnclosedPage().getUrl().toString())
                .isEqualTo(OWN_URL + "/health"));
  }

  @Test
  void an_owner_whose_bank_asks_about_a_month_confirms_its_payment_at_stripe() throws Exception {
    services.stubFor(
        get("/api/v1/organizations/" + ID + "/subscription")
            .willReturn(
                okJson(
                    """
                    {"planId":"professional","status":"grace","trialEndsAt":null,
                     "period":{"start":"2026-05-04T13:00:00Z","end":"2026-06-04T13:00:00Z"},
                     "pendingChange":null,"authenticationUrl":"%s/health",
                     "graceEndsAt":"2026-06-18T13:00:00Z","cancelAtPeriodEnd":false,
                     "paymentMethodRequired":false}
                    """
                        .formatted(OWN_URL))));
    services.stubFor(
        get("/api/v1/organizations/" + ID + "/payment-methods")
            .willReturn(okJson("{\"data\":[],\"next\":null}")));

    HtmlPage page = open("/organizations/" + ID + "/subscription");
    assertThat(shown(page))
        .contains("Your bank wants you to confirm the payment of a month of the plan.")
        .contains("Plan ends", "Confirm the payment")
        .doesNotContain("is not tried again");
    form(page, "confirm-payment").<HtmlButton>getFirstByXPath(".//button").click();

    await()
        .untilAsserted(() ->
            assertThat(browser.getCurrentWindow().getEnclosedPage().getUrl().toString())
                .isEqualTo(OWN_URL + "/health"));
  }

  @Test
  void a_plan_that_is_paid_tells_when_the_card_is_charged_next() throws Exception {
    services.stubFor(
        get("/api/v1/organizations/" + ID + "/subscription")
            .willReturn(
                okJson(
                    """
                    {"planId":"professional","status":"active","trialEndsAt":"2026-05-04T13:00:00Z",
                     "period":{"start":"2026-05-04T13:00:00Z","end":"2026-06-04T13:00:00Z"},
                     "graceEndsAt":null,"cancelAtPeriodEnd":false,"paymentMethodRequired":false}
                    """)));
    services.stubFor(
        get("/api/v1/organizations/" + ID + "/payment-methods")
            .willReturn(okJson("{\"data\":[],\"next\":null}")));

    assertThat(shown(open("/organizations/" + ID + "/subscription")))
        .contains("The plan is paid.", "Next charge", "Save a card")
        .doesNotContain("Trial ends", "Plan ends", "Pay with this card");
  }

  @Test
  void who_has_not_the_role_is_told_that_it_was_not_found() throws Exception {
    String account = "/api/v1/organizations/" + ID + "/payout-account";
    services.stubFor(get(account).willReturn(problem(403, "role-missing")));

    assertThat(shown(open("/organizations/" + ID + "/payout-account")))
        .contains("your account may not see it");
  }

  @Test
  void a_payout_account_that_is_ready_asks_for_nothing() throws Exception {
    services.stubFor(
        get("/api/v1/organizations/" + ID + "/payout-account")
            .willReturn(
                okJson(
                    """
                    {"status":"ready","country":"CA","currencies":["CAD"],"requirements":[]}
                    """)));

    assertThat(shown(open("/organizations/" + ID + "/payout-account")))
        .contains("Your organization can be paid.")
        .doesNotContain("Go on at Stripe", "Stripe asks for");
  }

  @Test
  void amounts_that_are_zero_are_left_out_of_a_payment() throws Exception {
    services.stubFor(
        get("/api/v1/payments/" + PAYMENT_ID)
            .willReturn(
                okJson(
                    """
                    {"id":"%s","status":"captured","eventTitle":"Wound care",
                     "amount":{"amountMinor":12550,"currency":"CAD"},
                     "captured":{"amountMinor":12550,"currency":"CAD"},
                     "refunded":{"amountMinor":0,"currency":"CAD"}}
                    """
                        .formatted(PAYMENT_ID))));

    assertThat(shown(open("/organizations/" + ID + "/payments/" + PAYMENT_ID)))
        .contains("Payment", "Wound care", "Paid", "Received")
        .doesNotContain("Refunded");
  }

  @Test
  void an_outage_is_told_as_one() throws Exception {
    services.stubFor(get("/api/v1/events/" + ID).willReturn(serviceUnavailable()));

    assertThat(shown(open("/events/" + ID))).contains("This does not work at the moment");
  }

  @Test
  void what_the_api_answers_is_text_and_never_html() throws Exception {
    services.stubFor(
        get("/api/v1/organizations/" + ID)
            .willReturn(okJson("{\"name\":\"<img src=x onerror=alert(1)>\"}")));

    HtmlPage page = open("/organizations/" + ID);

    assertThat(shown(page)).contains("<img src=x onerror=alert(1)>");
    assertThat(page.getByXPath("//img")).isEmpty();
  }

  private HtmlPage open(String path) throws IOException {
    // Another page first: a change of the fragment alone would not load the page anew.
    browser.getPage(OWN_URL + "/health");
    HtmlPage page = browser.getPage(OWN_URL + path);
    browser.waitForBackgroundJavaScriptStartingBefore(1_000);
    return page;
  }

  private static HtmlForm form(HtmlPage page, String name) {
    return page.getFirstByXPath("//form[@data-form='" + name + "']");
  }

  private static void type(HtmlPage page, String form, String input, String text)
      throws IOException {
    HtmlInput field = form(page, form).getInputByName(input);
    field.setValue("");
    field.type(text);
  }

  private void press(HtmlPage page, String action, String label) {
    click(
        page.getFirstByXPath(
            "//*[@data-action='%s']/descendant-or-self::button[text()='%s']"
                .formatted(action, label)));
    browser.waitForBackgroundJavaScriptStartingBefore(1_000);
  }

  private HtmlPage send(HtmlPage page, String form) {
    click(form(page, form).getFirstByXPath(".//button"));
    browser.waitForBackgroundJavaScriptStartingBefore(1_000);
    return page;
  }

  private void logIn(HtmlPage page) throws IOException {
    type(page, "log-in", "email", "ann@example.org");
    type(page, "log-in", "password", "a password");
    send(page, "log-in");
  }

  private static void click(@Nullable HtmlElement element) {
    assertThat(element).isNotNull();
    try {
      element.click();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** What a person sees. */
  private static String shown(HtmlPage page) {
    return page
        .<DomText>getByXPath("//body//text()[not(ancestor::*[@hidden or self::noscript])]")
        .stream()
        .map(DomText::getData)
        .collect(Collectors.joining())
        .replaceAll("\\s+", " ");
  }

  private static ResponseDefinitionBuilder problem(int status, String code) {
    return aResponse()
        .withStatus(status)
        .withHeader("Content-Type", "application/problem+json")
        .withBody("{\"code\":\"" + code + "\"}");
  }

  private static ResponseDefinitionBuilder problem(
      int status, String code, String field, String fieldCode) {
    return aResponse()
        .withStatus(status)
        .withHeader("Content-Type", "application/problem+json")
        .withBody(
            """
            {"code":"%s","errors":[{"field":"%s","code":"%s"}]}
            """
                .formatted(code, field, fieldCode));
  }

  private static String registration(String status) {
    String code = status.equals("confirmed") ? "\"T-CODE\"" : "null";
    return """
    {"id":"%1$s","reference":"R-4711","status":"%2$s","holdExpiresAt":"2099-05-04T13:00:00Z",
     "event":{"id":"%1$s","title":"Wound care","startsAt":"2099-05-05T13:00:00Z",
              "endsAt":"2099-05-05T17:00:00Z","timeZone":"America/Toronto","venue":null},
     "total":{"amountMinor":12550,"currency":"CAD"},
     "tickets":[{"id":"t1","ticketTypeName":"Nurse","attendee":{"name":"Ada Lovelace"},
                 "status":"valid","refund":null,"code":%3$s}]}
    """
        .formatted(ID, status, code);
  }

  /** A confirmed registration of two tickets, while the scenario is in that state. */
  private static void stubRegistrationOfTwo(String state, String status, String refund) {
    String second =
        """
        {"id":"t1","ticketTypeName":"Nurse","attendee":{"name":"Ada Lovelace"},
         "status":"%s","refund":%s,"code":null},
        {"id":"t2","ticketTypeName":"Nurse","attendee":{"name":"Bob Byron"},
         "status":"valid","refund":null,"code":"T-CODE-2"}]}
        """
            .formatted(status, refund);
    String one = registration("confirmed");
    services.stubFor(
        get("/api/v1/registrations/" + ID)
            .inScenario("cancellation")
            .whenScenarioStateIs(state)
            .willReturn(okJson(one.substring(0, one.indexOf("{\"id\":\"t1\"")) + second)));
  }

  private static void stubPreview(String ticketIds, long refundMinor) {
    services.stubFor(
        post("/api/v1/registrations/" + ID + "/cancellation-preview")
            .withRequestBody(equalToJson("{\"ticketIds\":" + ticketIds + "}"))
            .willReturn(
                okJson(
                    """
                    {"refund":{"amountMinor":%d,"currency":"CAD"},
                     "tickets":[{"ticketId":"t1","paid":{"amountMinor":12550,"currency":"CAD"}}],
                     "tier":{"untilHoursBeforeStart":48,"refundBasisPoints":7500}}
                    """
                        .formatted(refundMinor))));
  }

  private static String payment(String status, long refundedMinor) {
    return """
    {"data":[{"id":"%s","status":"%s","refunded":{"amountMinor":%d,"currency":"CAD"}}],"next":null}
    """
        .formatted(PAYMENT_ID, status, refundedMinor);
  }

  private static String waitlistEntry(String status) {
    return """
    {"id":"%s","status":"%s","position":7,"tickets":[{"ticketTypeId":"t1","quantity":2}],
     "offerExpiresAt":"2099-05-04T13:00:00Z","registrationId":null}
    """
        .formatted(ID, status);
  }
}
