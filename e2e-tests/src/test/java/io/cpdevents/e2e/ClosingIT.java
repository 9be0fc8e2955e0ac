package io.cpdevents.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.driver.Organization;
import io.cpdevents.driver.Person;
import io.cpdevents.driver.PublishedEvent;
import io.cpdevents.driver.World;
import io.cpdevents.driver.http.Answer;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An organization is closed, once nothing of it is open. */
@Journey
class ClosingIT {

  @Test
  void an_organization_is_closed_when_its_events_are_cancelled_and_its_owner_can_go(World world) {
    Organization organization = world.anOrganization();
    Person owner = organization.owner();
    Person staff = organization.member("Stella Staff", "staff");
    staff.api().patch("/api/v1/me", Map.of("locale", "fr-CA")).expect(200);
    String key = organization.makesApiKey("admin").text("key");
    PublishedEvent event = organization.publishes(5, 0);
    world.somebody("Gus Guest").registersFor(event, 1).becomes("confirmed");
    assertThat(owner.provenApi().delete("/api/v1/me").code()).isEqualTo("last-owner");
    Answer busy = organization.closes();
    assertThat(busy.code()).isEqualTo("organization-busy");
    assertThat(busy.text("detail")).contains("events");
    String unproved = owner.api().delete(organization.path()).code();
    assertThat(unproved).isIn("step-up-required", "organization-busy");
    organization.cancels(event, "We close").isDone();

    world.await("nothing is open any more", () -> organization.closes().status() == 204);

    String told = "Nobody belongs to it any more";
    assertThat(world.mailbox().awaitMail(owner.email(), "", told).subject()).endsWith(" is closed");
    assertThat(
            world
                .mailbox()
                .awaitMail(staff.email(), "", "Plus personne n’en fait partie")
                .subject())
        .endsWith(" est fermée");
    String events = organization.path() + "/events";
    world.await("no role counts", () -> owner.api().get(events).status() == 404);
    world.await("nor of others", () -> staff.api().get(events).status() == 404);
    world.await("no key counts", () -> world.api().bearing(key).get(events).status() == 401);
    assertThat(owner.api().get(organization.path()).code()).isEqualTo("organization-not-found");
    assertThat(owner.provenApi().delete("/api/v1/me").status()).isEqualTo(202);
  }

  @Test
  void with_an_organization_that_is_closed_its_connection_ends_at_zoom_as_well(World world) {
    Organization organization = world.anOrganization();
    long grant = organization.connectsZoom().grant();

    world.await("it is closed", () -> organization.closes().status() == 204);

    world.await(
        "Zoom has been told",
        () ->
            world
                .databases()
                .texts(
                    "stripe_sandbox",
                    "SELECT access_token FROM zoom_grant WHERE id = %d AND access_token IS NOT NULL"
                        .formatted(grant))
                .isEmpty());
  }

  @Test
  void who_has_a_balance_has_it_paid_out_first(World world) {
    Organization organization = world.anOrganization();
    PublishedEvent event = organization.publishes(5, 60_00);
    world.somebody("Pam Payer").registersFor(event, 1).isPaid().becomes("confirmed");

    world.await(
        "the money is known everywhere",
        () -> organization.closes().text("detail").contains("balance"));

    assertThat(organization.closes().code()).isEqualTo("organization-busy");
  }
}
