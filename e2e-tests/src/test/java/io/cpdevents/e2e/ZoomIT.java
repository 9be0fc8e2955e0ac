package io.cpdevents.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.driver.Organization;
import io.cpdevents.driver.World;
import io.cpdevents.driver.ZoomConnection;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An organization connects with Zoom, at whose stand-in whoever comes allows it. */
@Journey
class ZoomIT {

  @Test
  void an_organization_connects_with_zoom_and_ends_it_there_as_well(World world) {
    Organization organization = world.anOrganization();

    ZoomConnection connection = organization.connectsZoom();

    assertThat(connection.view().path("status").asString()).isEqualTo("connected");
    assertThat(connection.view().path("connectedAs").asString()).endsWith("@zoom.example");
    long grant = connection.grant();
    List<String> tokens = tokensAtZoom(world, grant);
    assertThat(tokens).hasSize(2);
    // Nobody finds them anywhere: NothingLeaksIT looks.
    tokens.forEach(world::keepSecret);

    connection.isEnded();

    assertThat(connection.view().path("status").asString()).isEqualTo("not-connected");
    world.await("Zoom has been told", () -> tokensAtZoom(world, grant).isEmpty());
    world.await(
        "the audit log of the organization tells of it",
        () ->
            organization
                .owner()
                .api()
                .get(organization.path() + "/audit-log?limit=100")
                .expect(200)
                .data()
                .valueStream()
                .map(entry -> entry.path("action").asString())
                .toList()
                .containsAll(List.of("zoom-connection.made", "zoom-connection.ended")));
  }

  @Test
  void who_is_lured_to_the_way_back_of_another_session_connects_nothing(World world) {
    Organization organization = world.anOrganization();
    Organization others = world.anOrganization();
    ZoomConnection connection = new ZoomConnection(organization);
    URI back = connection.allowsAt(connection.page());

    assertThat(connection.comesBack(others.owner(), back).code())
        .isEqualTo("zoom-authorization-invalid");

    assertThat(connection.view().path("status").asString()).isEqualTo("not-connected");
    assertThat(connection.comesBack(organization.owner(), back).status()).isEqualTo(303);
  }

  @Test
  void who_removes_the_app_at_zoom_has_the_owner_told_once_and_connects_again(World world) {
    Organization organization = world.anOrganization();
    ZoomConnection connection = organization.connectsZoom();
    connection.isRemovedAtZoom();

    // As if a month had passed without a meeting.
    world
        .databases()
        .execute(
            "accounts",
            "UPDATE zoom_connection SET refresh_due_at = now() WHERE organization_id = ?",
            organization.id());

    world.await(
        "the connection is broken",
        () -> connection.view().path("status").asString().equals("broken"));
    assertThat(world.mailbox().awaitMail(organization.owner().email(), "Connect ").text())
        .contains("does not work any more");
    organization.connectsZoom();
    assertThat(connection.view().path("status").asString()).isEqualTo("connected");
  }

  private static List<String> tokensAtZoom(World world, long grant) {
    return world
        .databases()
        .texts(
            "stripe_sandbox",
            "SELECT access_token, refresh_token FROM zoom_grant WHERE id = " + grant)
        .stream()
        .flatMap(List::stream)
        .toList();
  }
}
