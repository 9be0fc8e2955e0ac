package io.cpdevents.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.driver.Invitation;
import io.cpdevents.driver.Mail;
import io.cpdevents.driver.Organization;
import io.cpdevents.driver.Person;
import io.cpdevents.driver.Wait;
import io.cpdevents.driver.World;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** People come to an organization, get another role, and go, with the mails that tell them. */
@Journey
class MembersIT {

  private static final String PASSWORD = "a member's passphrase";

  @Test
  void somebody_is_invited_accepts_on_the_page_gets_another_role_and_is_removed(World world) {
    Organization organization = world.anOrganization();
    Person mia = world.somebody("Mia Member", PASSWORD);
    String page = world.address().gatewayUrl() + "/invitations";

    Invitation invitation = organization.invites(mia.email(), "staff");

    assertThat(invitation.mail().subject()).startsWith("You are invited to ");
    assertThat(invitation.mail().text())
        .contains(page + "#token=", mia.email(), organization.owner().name(), "as staff")
        .doesNotContain("Mia");
    try (Browser browser = new Browser()) {
      browser.opens(page + "#token=" + invitation.mail().tokenInLink());
      browser.presses("Accept the invitation");
      awaitShown(world, browser, "Log in with the account");
      browser.types("email", mia.email());
      browser.types("password", PASSWORD);
      browser.presses("Log in");
      awaitShown(world, browser, "Welcome");
      assertThat(browser.text()).contains("Staff");
      assertThat(browser.address()).as("without the token").isEqualTo(page);
    }
    String events = organization.path() + "/events";
    String payments = organization.path() + "/payments";
    String member = organization.path() + "/members/" + accountId(mia);
    soon(world, "the role counts", () -> mia.api().get(events).status() == 200);
    assertThat(mia.api().get(payments).code()).isEqualTo("role-missing");

    organization.owner().provenApi().patch(member, Map.of("role", "finance")).expect(200);

    soon(world, "the other role counts", () -> mia.api().get(payments).status() == 200);
    Mail changed = world.mailbox().awaitMail(mia.email(), "Your role in ");
    assertThat(changed.text()).contains("it is finance now, and was staff before");
    Mail toOwner =
        world.mailbox().awaitMail(organization.owner().email(), "Somebody has more rights in ");
    assertThat(toOwner.text()).contains("another person has the role finance");

    organization.owner().provenApi().delete(member).expect(204);

    soon(world, "no role counts", () -> mia.api().get(payments).status() == 404);
    world.mailbox().awaitMail(mia.email(), "You do not belong to ");
  }

  @Test
  void who_reads_french_is_invited_told_and_removed_in_french(World world) {
    Organization organization = world.anOrganization();
    Person flo = world.somebody("Flo Finances");
    flo.api().patch("/api/v1/me", Map.of("locale", "fr-CA")).expect(200);
    organization.owner().api().patch("/api/v1/me", Map.of("locale", "fr-CA")).expect(200);

    Invitation invitation = organization.invites(flo.email(), "finance");
    invitation.isAcceptedBy(flo);
    assertThat(
            world
                .mailbox()
                .awaitMail(organization.owner().email(), "Quelqu’un a davantage de droits dans ")
                .text())
        .contains("(finances)");
    String member = organization.path() + "/members/" + accountId(flo);
    organization.owner().provenApi().patch(member, Map.of("role", "admin")).expect(200);
    organization.owner().provenApi().delete(member).expect(204);

    assertThat(invitation.mail().subject()).startsWith("Vous êtes invité à rejoindre ");
    assertThat(invitation.mail().text()).contains("(rôle\u00a0: finances)");
    assertThat(world.mailbox().awaitMail(flo.email(), "Votre rôle dans ").text())
        .contains("administrateur remplace finances");
    world.mailbox().awaitMail(flo.email(), "Vous ne faites plus partie de ");
    organization.makesApiKey("staff");
    world.mailbox().awaitMail(organization.owner().email(), "Nouvelle clé d’API de ");
  }

  @Test
  void another_address_does_not_get_in_and_a_new_owner_takes_over(World world) {
    Organization organization = world.anOrganization();
    Person owner = organization.owner();
    Person ned = world.somebody("Ned Next");
    Person sly = world.somebody("Sly Stranger", PASSWORD);
    Invitation invitation = organization.invites(ned.email(), "admin");

    try (Browser browser = new Browser()) {
      browser.opens(
          world.address().gatewayUrl() + "/invitations#token=" + invitation.mail().tokenInLink());
      browser.presses("Accept the invitation");
      awaitShown(world, browser, "Log in with the account");
      browser.types("email", sly.email());
      browser.types("password", PASSWORD);
      browser.presses("Log in");
      awaitShown(world, browser, "The invitation is for another address");
    }
    invitation.isRevokedBy(owner);
    assertThat(invitation.triesToAccept(ned).code()).isEqualTo("token-invalid");
    organization.invites(ned.email(), "admin").isAcceptedBy(ned);
    owner
        .provenApi()
        .post(organization.path() + "/ownership", Map.of("accountId", accountId(ned)))
        .expect(204);

    assertThat(ned.api().get(organization.path()).expect(200).text("role")).isEqualTo("owner");
    assertThat(owner.api().get(organization.path()).expect(200).text("role")).isEqualTo("admin");
    ned.provenApi()
        .post(organization.path() + "/ownership", Map.of("accountId", accountId(owner)))
        .expect(204);
    ned.api().delete(organization.path() + "/members/" + accountId(ned)).expect(204);
    assertThat(ned.api().get(organization.path()).status()).isEqualTo(404);
    assertThat(owner.api().delete(organization.path() + "/members/" + accountId(owner)).code())
        .isEqualTo("last-owner");
  }

  private static void soon(World world, String what, java.util.function.BooleanSupplier condition) {
    world.await(
        what, Wait.atMost(Duration.ofSeconds(1)).lookingEvery(Duration.ofMillis(20)), condition);
  }

  private static void awaitShown(World world, Browser browser, String text) {
    world.await("the page shows \"" + text + "\"", () -> browser.shows(text));
  }

  private static String accountId(Person person) {
    return person.api().get("/api/v1/me").expect(200).text("accountId");
  }
}
