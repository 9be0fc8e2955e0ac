package io.cpdevents.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.driver.Mail;
import io.cpdevents.driver.Person;
import io.cpdevents.driver.Wait;
import io.cpdevents.driver.World;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@Journey
class EmailChangeIT {

  private static final String PASSWORD = "a passphrase of three";

  @Test
  void an_address_is_changed_at_the_page_of_the_mail_and_taken_back_by_the_old_one(World world) {
    Person mia = world.somebody("Mia Moves", PASSWORD);
    String newEmail = "mia.%s@example.org".formatted(UUID.randomUUID());
    String page = world.address().gatewayUrl() + "/confirm-email";

    mia.provenApi().post("/api/v1/me/email-changes", Map.of("newEmail", newEmail)).expect(202);
    Mail asked = world.mailbox().awaitMail(newEmail, "Confirm your new e-mail address");
    assertThat(asked.text()).contains("It was asked for on").contains("from the address 127.0.0.1");
    world.keepSecret(asked.tokenInLink());
    try (Browser browser = new Browser()) {
      browser.opens(page + "#token=" + asked.tokenInLink());
      browser.types("password", PASSWORD);
      browser.presses("Confirm the new address");
      world.await("it is confirmed", () -> browser.shows("From now on you log in with"));
      assertThat(browser.address()).as("without the token").isEqualTo(page);
    }
    assertThat(mia.api().get("/api/v1/me").expect(200).text("email")).isEqualTo(newEmail);
    world
        .api()
        .post("/api/v1/sessions", Map.of("email", newEmail, "password", PASSWORD))
        .expect(201);

    Mail told = world.mailbox().awaitMail(mia.email(), "Your e-mail address was changed");
    String back = told.text().substring(told.text().indexOf(page + "#revert=")).split("\\s", 2)[0];
    world.keepSecret(back.substring(back.indexOf('=') + 1));
    try (Browser browser = new Browser()) {
      browser.opens(back);
      browser.presses("Keep the old address");
      world.await("it is taken back", () -> browser.shows("Your account has its old address"));
    }
    world.await(
        "everybody is logged out",
        Wait.atMost(Duration.ofSeconds(1)).lookingEvery(Duration.ofMillis(20)),
        () -> mia.api().get("/api/v1/me").status() == 401);
    assertThat(
            world
                .api()
                .post("/api/v1/sessions", Map.of("email", mia.email(), "password", PASSWORD))
                .code())
        .isEqualTo("invalid-credentials");
    Mail forgotten = mia.forgetsPassword();
    world
        .api()
        .post(
            "/api/v1/password-resets/completion",
            Map.of("token", forgotten.tokenInLink(), "newPassword", "a passphrase of five"))
        .expect(204);
    mia.remembers("a passphrase of five");
    assertThat(mia.api().get("/api/v1/me").expect(200).text("email")).isEqualTo(mia.email());
  }

  @Test
  void who_speaks_french_is_written_in_french(World world) {
    Person luc = world.somebody("Luc Lettres", PASSWORD);
    luc.api().patch("/api/v1/me", Map.of("locale", "fr-CA")).expect(200);
    String newEmail = "luc.%s@example.org".formatted(UUID.randomUUID());

    luc.provenApi().post("/api/v1/me/email-changes", Map.of("newEmail", newEmail)).expect(202);
    Mail asked = world.mailbox().awaitMail(newEmail, "Confirmez votre nouvelle adresse");
    world.keepSecret(asked.tokenInLink());
    world
        .api()
        .post(
            "/api/v1/me/email-changes/confirmation",
            Map.of("token", asked.tokenInLink(), "password", PASSWORD))
        .expect(204);
    Mail told = world.mailbox().awaitMail(luc.email(), "Votre adresse courriel a été changée");
    world
        .api()
        .with("User-Agent", "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0")
        .post("/api/v1/sessions", Map.of("email", newEmail, "password", PASSWORD))
        .expect(201);

    Mail device = world.mailbox().awaitMail(newEmail, "Un nouvel appareil s’est connecté");
    assertThat(device.text()).contains("Firefox on Windows");

    String back = told.text().split("#revert=", 2)[1].split("\\s", 2)[0];
    world.keepSecret(back);
    world.api().post("/api/v1/me/email-changes/revert", Map.of("token", back)).expect(204);
  }

  @Test
  void a_person_sees_their_sessions_and_an_administrator_ends_them_within_a_second(World world) {
    Person sam = world.somebody("Sam Several", PASSWORD);
    String accountId = sam.api().get("/api/v1/me").expect(200).text("accountId");
    assertThat(sam.api().get("/api/v1/logins").expect(200).data()).isNotEmpty();

    Person admin = world.admin();
    String path = "/api/v1/accounts/" + accountId + "/sessions";
    assertThat(admin.api().get(path).expect(200).data()).hasSize(1);
    admin.api().delete(path).expect(204);

    world.await(
        "the session has ended",
        Wait.atMost(Duration.ofSeconds(1)).lookingEvery(Duration.ofMillis(20)),
        () -> !sam.isLoggedIn());
  }
}
