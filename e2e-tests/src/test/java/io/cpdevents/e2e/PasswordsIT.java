package io.cpdevents.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.driver.Mail;
import io.cpdevents.driver.Person;
import io.cpdevents.driver.Wait;
import io.cpdevents.driver.World;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

@Journey
class PasswordsIT {

  private static final Wait A_SECOND =
      Wait.atMost(Duration.ofSeconds(1)).lookingEvery(Duration.ofMillis(20));

  @Test
  void who_forgot_the_password_chooses_another_one_at_the_page_of_the_mail(World world) {
    String newPassword = "a passphrase that is remembered";
    Person fay = world.somebody("Fay Forgetful");
    assertThat(fay.isLoggedIn()).isTrue();

    Mail mail = fay.forgetsPassword();
    String page = world.address().gatewayUrl() + "/reset-password";
    String button = page + "#token=" + mail.tokenInLink();
    assertThat(mail.text()).contains(button).contains("The link works once");
    try (Browser browser = new Browser()) {
      browser.opens(button);
      browser.types("newPassword", "password1234");
      browser.presses("Save the new password");
      world.await("it is refused", () -> browser.shows("This password is too easy to guess"));
      browser.opens(button);
      browser.types("newPassword", newPassword);
      browser.presses("Save the new password");
      world.await("it is saved", () -> browser.shows("Your password is changed"));
      assertThat(browser.address()).as("without the token").isEqualTo(page);
      world.await("the session has ended", A_SECOND, () -> !fay.isLoggedIn());

      browser.opens(button);
      browser.types("newPassword", "a passphrase of a thief");
      browser.presses("Save the new password");
      world.await("once", () -> browser.shows("The link was used before"));
    }

    Mail told = world.mailbox().awaitMail(fay.email(), "Your password was changed");
    assertThat(told.text()).contains(page);
    fay.remembers(newPassword);
    assertThat(fay.isLoggedIn()).isTrue();
  }

  @Test
  void who_speaks_french_is_written_in_french_and_strangers_get_the_same_answer(World world) {
    Person rene = world.somebody("Rene Retablit");
    rene.api().patch("/api/v1/me", Map.of("locale", "fr-CA")).expect(200);
    String newcomer = "neuf." + rene.email();
    world
        .api()
        .post(
            "/api/v1/accounts",
            Map.of(
                "email", newcomer,
                "password", "une phrase de passe",
                "name", "Nina Nouvelle",
                "locale", "fr-CA"))
        .expect(202);
    Mail link = world.mailbox().awaitMail(newcomer, "Confirmez votre adresse courriel");
    world.keepSecret(link.tokenInLink());
    world
        .api()
        .post("/api/v1/password-resets", Map.of("email", "nobody." + rene.email()))
        .expect(202);
    world.api().post("/api/v1/password-resets", Map.of("email", rene.email())).expect(202);

    Mail mail = world.mailbox().awaitMail(rene.email(), "Choisissez un nouveau mot de passe");

    assertThat(mail.text()).contains("Le lien fonctionne une seule fois");
    world
        .api()
        .post(
            "/api/v1/password-resets/completion",
            Map.of("token", mail.tokenInLink(), "newPassword", "une phrase de passe neuve"))
        .expect(204);
    world.mailbox().awaitMail(rene.email(), "Votre mot de passe a été changé");
    assertThat(world.mailbox().find("nobody." + rene.email(), "", "")).isEmpty();
  }

  @Test
  void a_person_changes_the_password_and_other_devices_are_logged_out(World world) {
    String password = "a passphrase of three";
    String newPassword = "a passphrase of four";
    Person cleo = world.somebody("Cleo Careful", password);
    String other =
        world
            .api()
            .post("/api/v1/sessions", Map.of("email", cleo.email(), "password", password))
            .expect(201)
            .text("token");
    world.keepSecret(other);

    cleo.stepsUp(password);
    cleo.api()
        .put("/api/v1/me/password", Map.of("oldPassword", password, "newPassword", newPassword))
        .expect(204);

    world.await(
        "the other device is logged out",
        A_SECOND,
        () -> world.api().bearing(other).get("/api/v1/me").status() == 401);
    assertThat(cleo.isLoggedIn()).isTrue();
    world.mailbox().awaitMail(cleo.email(), "Your password was changed");
    cleo.remembers(newPassword);
  }
}
