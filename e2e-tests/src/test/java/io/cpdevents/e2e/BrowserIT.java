package io.cpdevents.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.driver.Mail;
import io.cpdevents.driver.Person;
import io.cpdevents.driver.PublishedEvent;
import io.cpdevents.driver.Registration;
import io.cpdevents.driver.World;
import io.cpdevents.driver.http.Answer;
import io.cpdevents.driver.http.Api;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a browser does that a program does not: it sends its page's origin and keeps the cookie. */
@Journey
class BrowserIT {

  private static final String PASSWORD = "a browser's passphrase";

  @Test
  void a_page_logs_in_and_goes_on_with_its_cookie_alone(World world) {
    Person bo = world.somebody("Bo Browser", PASSWORD);
    Api page = world.api().with("Origin", world.address().gatewayUrl());

    Answer loggedIn =
        page.post("/api/v1/sessions", Map.of("email", bo.email(), "password", PASSWORD))
            .expect(201);

    assertThat(loggedIn.json().path("token").isNull()).as("no token for a script").isTrue();
    String setCookie = loggedIn.header("Set-Cookie").orElseThrow();
    assertThat(setCookie)
        .startsWith("cpd-session=")
        .contains("Path=/", "HttpOnly", "SameSite=Lax")
        .doesNotContain("Secure", "Domain");
    String cookie = setCookie.substring(0, setCookie.indexOf(';'));
    Api browser = page.with("Cookie", cookie);
    assertThat(browser.get("/api/v1/me").expect(200).text("email")).isEqualTo(bo.email());
    assertThat(
            world
                .api()
                .with("Cookie", cookie)
                .post("/api/v1/organizations", Map.of("name", "Forged"))
                .code())
        .as("a write with a cookie and no origin")
        .isEqualTo("origin-refused");
    browser.post("/api/v1/organizations", Map.of("name", "Bo's Academy")).expect(201);

    Answer loggedOut = browser.delete("/api/v1/sessions/current").expect(204);
    assertThat(loggedOut.header("Set-Cookie").orElseThrow())
        .startsWith("cpd-session=;")
        .contains("Max-Age=0", "SameSite=Lax");
  }

  @Test
  void the_button_of_a_mail_works_where_no_web_app_is_configured(World world) {
    String email = "nora.%s@example.com".formatted(UUID.randomUUID());
    Map<String, String> newcomer =
        Map.of("email", email, "password", PASSWORD, "name", "Nora Newcomer", "locale", "en-CA");
    world.api().post("/api/v1/accounts", newcomer).expect(202);
    Mail mail = world.mailbox().awaitMail(email, "Confirm your e-mail address");
    String page = world.address().gatewayUrl() + "/verify-email";
    String button = page + "#token=" + mail.tokenInLink();
    assertThat(mail.text()).contains(button);

    try (Browser browser = new Browser()) {
      for (String time : new String[] {"the first time", "once more"}) {
        browser.opens(button);
        browser.types("password", PASSWORD);
        browser.presses("Confirm my address");
        world.await(
            "the address is confirmed " + time, () -> browser.shows("Your address is confirmed"));
        assertThat(browser.address()).as("without the token").isEqualTo(page);
      }
    }
    world.api().post("/api/v1/sessions", Map.of("email", email, "password", PASSWORD)).expect(201);
  }

  @Test
  void a_registration_is_paid_and_a_ticket_of_it_cancelled_on_the_pages_alone(World world) {
    PublishedEvent event = world.anOrganization().publishes(5, 40_00);
    Person ada = world.somebody("Ada Attendee", PASSWORD);
    Registration registration = ada.registersFor(event, 2);
    String page = world.address().gatewayUrl() + "/registrations/" + registration.id();

    try (Browser browser = new Browser()) {
      browser.opens(page);
      awaitShown(world, browser, "Log in with the account");
      browser.types("email", ada.email());
      browser.types("password", PASSWORD);
      browser.presses("Log in");
      awaitShown(world, browser, "Pay 80.00 CAD");
      browser.presses("Pay 80.00 CAD");
      awaitShown(world, browser, "Test cards"); // the last words of the page: it has loaded
      browser.presses("Pay CAD 80.00");

      awaitShown(world, browser, "You are registered.");
      assertThat(browser.address()).isEqualTo(page + "?checkout=done");
      browser.presses("Cancel tickets");
      awaitShown(world, browser, "You get back 80.00 CAD");
      browser.ticks("Ada Attendee 1, Regular");
      awaitShown(world, browser, "You get back 40.00 CAD");
      browser.presses("Confirm the cancellation");

      awaitShown(world, browser, "Refunded 40.00 CAD");
      assertThat(browser.text())
          .contains("You are registered.", "Cancelled")
          .doesNotContain("On its way back");
    }
    assertThat(event.placesLeft()).isEqualTo(4);
  }

  private static void awaitShown(World world, Browser browser, String text) {
    world.await("the page shows \"" + text + "\"", () -> browser.shows(text));
  }
}
