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
  void the_links_of_mails_and_of_checkout_lead_to_pages_of_the_gateway(World world) {
    PublishedEvent event = world.anOrganization().publishes(5, 40_00);
    Person ada = world.somebody("Ada Attendee");
    Registration registration = ada.registersFor(event, 1);
    Mail mail = world.mailbox().awaitMail(ada.email(), "Confirm your e-mail address");

    assertThat(mail.text()).contains(world.address().gatewayUrl() + "/verify-email#token=");
    for (String path :
        new String[] {
          "/verify-email",
          "/registrations/" + registration.id() + "?checkout=done",
          "/pages/page.js",
          "/pages/page.css"
        }) {
      Answer page = world.api().get(path).expect(200);
      assertThat(page.header("Content-Security-Policy").orElse(""))
          .as(path)
          .contains("default-src 'none'");
    }
    world
        .api()
        .post("/api/v1/accounts/verification", Map.of("token", mail.tokenInLink()))
        .expect(204);
  }
}
