package io.cpdevents.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.driver.AuthenticatorApp;
import io.cpdevents.driver.Mail;
import io.cpdevents.driver.Organization;
import io.cpdevents.driver.Passkey;
import io.cpdevents.driver.Person;
import io.cpdevents.driver.Wait;
import io.cpdevents.driver.World;
import io.cpdevents.driver.http.Answer;
import io.cpdevents.driver.http.Api;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@Journey
class SecondFactorsIT {

  private static final Wait A_SECOND =
      Wait.atMost(Duration.ofSeconds(1)).lookingEvery(Duration.ofMillis(20));

  private static final String PASSWORD = "a passphrase of three";
  private static final String CHANGED = "Your second factor: something changed";

  @Test
  void a_person_sets_an_app_up_logs_in_with_it_and_removes_it(World world) {
    Person tia = world.somebody("Tia Twofold", PASSWORD);
    AuthenticatorApp app = AuthenticatorApp.setUpBy(world, tia);
    told(world, tia, "an authenticator app was set up");

    assertThat(logIn(world, tia, "", "").code()).isEqualTo("totp-required");
    String token = logIn(world, tia, "totpCode", app.nextCode()).expect(201).text("token");
    world.keepSecret(token);
    Api again = world.api().bearing(token);
    again.post("/api/v1/me/recovery-codes", Map.of()).expect(200);
    told(world, tia, "new recovery codes were made");
    assertThat(logIn(world, tia, "recoveryCode", app.recoveryCodes().getFirst()).code())
        .isEqualTo("invalid-credentials");
    assertThat(
            tia.api().post("/api/v1/sessions/current/step-up", Map.of("password", PASSWORD)).code())
        .isEqualTo("totp-required");

    tia.api().delete("/api/v1/me/totp").expect(204);
    told(world, tia, "the authenticator app was removed");
    assertThat(tia.api().get("/api/v1/me/factors").expect(200).json().path("totp").asBoolean(true))
        .isFalse();
    world.keepSecret(logIn(world, tia, "", "").expect(201).text("token"));
  }

  @Test
  void an_organization_asks_for_a_factor_and_who_has_none_may_only_set_one_up(World world) {
    Person owner = world.somebody("Olga Owner", PASSWORD);
    Organization organization = owner.founds("Institute of Factors");
    owner.provenApi().patch(organization.path(), Map.of("factorRequired", true)).expect(200);

    world.await(
        "without a factor",
        A_SECOND,
        () -> owner.api().get(organization.path()).code().equals("factor-required"));
    assertThat(owner.api().get("/api/v1/registrations").code()).isEqualTo("factor-required");
    owner.api().get("/api/v1/me").expect(200);
    AuthenticatorApp app = AuthenticatorApp.setUpBy(world, owner);
    world.await(
        "with a factor", A_SECOND, () -> owner.api().get(organization.path()).status() == 200);
    owner.api().get(organization.path() + "/events").expect(200);

    world.keepSecret(
        logIn(world, owner, "recoveryCode", app.recoveryCodes().getFirst())
            .expect(201)
            .text("token"));
    told(world, owner, "a recovery code was used");
    owner.api().patch(organization.path(), Map.of("factorRequired", false)).expect(200);
    owner.api().delete("/api/v1/me/totp").expect(204);
  }

  @Test
  void a_passkey_logs_in_and_is_removed(World world) {
    Person pat = world.somebody("Pat Passkey", PASSWORD);
    Passkey passkey = Passkey.addedBy(world, pat, "My phone");
    told(world, pat, "a passkey was added");

    Api api = world.api().bearing(passkey.logsIn());

    JsonNode shown = api.get("/api/v1/me/passkeys").expect(200).data().get(0);
    assertThat(shown.path("name").asString()).isEqualTo("My phone");
    assertThat(shown.path("lastUsedAt").isNull()).isFalse();
    api.delete("/api/v1/me/passkeys/" + passkey.id()).expect(204);
    told(world, pat, "a passkey was removed");
  }

  @Test
  void who_has_lost_everything_gets_back_in_a_day_after_an_operator_was_convinced(World world) {
    Person lea = world.somebody("Lea Lost", PASSWORD);
    String removal =
        "/api/v1/accounts/"
            + lea.api().get("/api/v1/me").expect(200).text("accountId")
            + "/factor-removal";
    Map<String, String> why = Map.of("reason", "Called back at the number of the institute.");
    AuthenticatorApp app = AuthenticatorApp.setUpBy(world, lea);
    Person admin = world.admin();

    admin.provenApi().post(removal, why).expect(201);
    told(world, lea, "we were told that you have lost all your second factors");
    world.keepSecret(
        logIn(world, lea, "recoveryCode", app.recoveryCodes().getFirst())
            .expect(201)
            .text("token"));
    assertThat(admin.api().get(removal).expect(200).json().path("calledOffAt").isNull()).isFalse();
    admin.provenApi().post(removal, why).expect(201);
    admin.api().delete(removal).expect(204);
    admin.provenApi().post(removal, why).expect(201);
    world.passes(Duration.ofHours(25));

    told(world, lea, "all your second factors, passkeys and recovery codes were removed");
    world.keepSecret(logIn(world, lea, "", "").expect(201).text("token"));
  }

  @Test
  void a_page_of_ours_asks_for_the_code(World world) {
    Person pia = world.somebody("Pia Page", PASSWORD);
    Organization organization = pia.founds("Institute of Pages");
    AuthenticatorApp app = AuthenticatorApp.setUpBy(world, pia);
    pia.api().patch("/api/v1/me", Map.of("locale", "fr-CA")).expect(200);

    try (Browser browser = new Browser()) {
      browser.opens(
          world.address().gatewayUrl() + "/organizations/" + organization.id() + "/subscription");
      browser.types("email", pia.email());
      browser.types("password", PASSWORD);
      browser.presses("Log in");
      world.await("it asks", () -> browser.shows("Your account has a second factor"));
      browser.types("totpCode", app.nextCode());
      browser.presses("Log in");
      world.await(
          "it is let in",
          () -> browser.shows("Log out") && !browser.shows("Code of your authenticator app"));
    }
    pia.api().post("/api/v1/me/recovery-codes", Map.of()).expect(200);
    Mail mail =
        world
            .mailbox()
            .awaitMail(pia.email(), "Votre second facteur\u00a0: quelque chose a changé");
    assertThat(mail.text()).contains("codes de secours");
    pia.api().delete("/api/v1/me/totp").expect(204);
  }

  private static void told(World world, Person person, String what) {
    world.await(
        "the mail that " + what,
        () -> !world.mailbox().find(person.email(), CHANGED, what).isEmpty());
  }

  private static Answer logIn(World world, Person person, String field, String code) {
    Map<String, String> body = new HashMap<>();
    body.put("email", person.email());
    body.put("password", PASSWORD);
    if (!field.isEmpty()) {
      body.put(field, code);
    }
    return world.api().post("/api/v1/sessions", body);
  }
}
