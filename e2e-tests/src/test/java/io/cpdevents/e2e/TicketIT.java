package io.cpdevents.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.driver.EventDraft;
import io.cpdevents.driver.Organization;
import io.cpdevents.driver.Person;
import io.cpdevents.driver.PublishedEvent;
import io.cpdevents.driver.Registration;
import io.cpdevents.driver.World;
import io.cpdevents.driver.http.Answer;
import io.cpdevents.driver.http.Api;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@Journey
class TicketIT {

  private static final Duration UNTIL_EVENT = Duration.ofHours(6);

  @Test
  void a_ticket_is_given_away_then_checked_in_offline_and_uploaded(World world) {
    Organization organization = world.anOrganization();
    PublishedEvent event = tonight(world, organization);
    Person staff = organization.member("Sid Staff", "staff");
    Person ada = world.somebody("Ada Attendee");
    Registration registration = ada.registersFor(event, 2);
    String path = "/api/v1/tickets/" + registration.ticketIds().getLast();
    Answer before = ada.api().get(path).expect(200);
    String grace = "guest7." + ada.email();
    assertThat(allowsTransfers(organization, event, false)).isFalse();
    Answer refused = ada.api().patch(path, attendee("Grace Guest", grace));
    assertThat(allowsTransfers(organization, event, true)).isTrue();
    Answer given = ada.api().patch(path, attendee("Grace Guest", grace)).expect(200);

    assertThat(refused.code()).isEqualTo("transfer-closed");
    world.mailbox().awaitMail(grace, "Your ticket for");
    world
        .mailbox()
        .awaitMail(
            before.json().at("/attendee/email").asString(), "Your ticket for", "somebody else");

    // The scanner takes the list along and sees the new code without a network.
    JsonNode list = staff.api().get(event.path() + "/check-in-list").expect(200).json();
    assertThat(list.path("tickets"))
        .hasSize(2)
        .anyMatch(ticket -> ticket.path("codeSha256").asString().equals(sha256(given.text("code"))))
        .noneMatch(
            ticket -> ticket.path("codeSha256").asString().equals(sha256(before.text("code"))));
    Instant seenAt = world.now();
    List<Map<String, Object>> scans =
        List.of(
            Map.of("ticketCode", given.text("code"), "at", seenAt),
            Map.of("ticketCode", before.text("code"), "at", seenAt));
    for (int i = 0; i < 2; i++) {
      assertThat(
              staff
                  .api()
                  .post(event.path() + "/check-ins/batch", Map.of("scans", scans))
                  .expect(200)
                  .data()
                  .valueStream()
                  .map(scan -> scan.path("result").asString()))
          .containsExactly("checked-in", "ticket-not-valid");
    }
    Answer again =
        staff.api().post(event.path() + "/check-ins", Map.of("ticketCode", given.text("code")));
    assertThat(again.code()).isEqualTo("already-checked-in");
    assertThat(again.text("checkedInAt")).isNotEmpty();
    assertThat(ada.api().patch(path, attendee("Ida Guest", "guest8." + ada.email())).code())
        .isEqualTo("already-checked-in");
    world.invariants().hold();
  }

  @Test
  void who_comes_is_listed_and_a_mistake_is_undone(World world) {
    Organization organization = world.anOrganization();
    PublishedEvent event = tonight(world, organization);
    Person staff = organization.member("Sid Staff", "staff");
    Person ada = world.somebody("Ada Attendee");
    Registration registration = ada.registersFor(event, 1);
    UUID ticket = registration.ticketIds().getFirst();
    String code = ada.api().get("/api/v1/tickets/" + ticket).expect(200).text("code");

    staff.api().post(event.path() + "/check-ins", Map.of("ticketCode", code)).expect(201);
    JsonNode there =
        staff.api().get(event.path() + "/attendance?checkedIn=true").expect(200).data();
    String csv = staff.api().get(event.path() + "/attendance/export").expect(200).body();
    staff.api().delete(event.path() + "/check-ins/" + ticket).expect(204);

    assertThat(there).hasSize(1);
    assertThat(csv).contains(registration.reference());
    assertThat(staff.api().get(event.path() + "/attendance?checkedIn=true").expect(200).data())
        .isEmpty();
  }

  @Test
  void an_organizer_finds_a_registration_and_remembers_something_about_it(World world) {
    Organization organization = world.anOrganization();
    PublishedEvent event = organization.publishes(5, 0);
    Registration registration = world.somebody("Ada Attendee").registersFor(event, 1);
    world.somebody("Bob Buyer").registersFor(event, 1);
    Api owner = organization.owner().api();
    String notes = registration.path() + "/notes";

    JsonNode found =
        owner
            .get(event.registrationsPath() + "?search=" + registration.reference())
            .expect(200)
            .data();
    String csv = owner.get(event.registrationsPath() + "/export?search=ada").expect(200).body();
    JsonNode sales = owner.get(event.path() + "/sales").expect(200).data();
    UUID note = owner.post(notes, Map.of("text", "Needs a seat near the door")).expect(201).id();

    assertThat(found).hasSize(1);
    assertThat(csv.lines()).hasSize(2);
    assertThat(sales.path(0).path("tickets").asInt()).isEqualTo(2);
    assertThat(owner.get(notes).expect(200).data()).hasSize(1);
    assertThat(owner.get(notes + "/" + note).expect(200).json().path("text").asString())
        .isEqualTo("Needs a seat near the door");
    owner.delete(notes + "/" + note).expect(204);
  }

  private static PublishedEvent tonight(World world, Organization organization) {
    Instant startsAt = world.now().plus(UNTIL_EVENT);
    return EventDraft.of(organization, 5)
        .with("startsAt", startsAt)
        .with("endsAt", startsAt.plus(UNTIL_EVENT))
        .publishedAt(0);
  }

  private static boolean allowsTransfers(
      Organization organization, PublishedEvent event, boolean allowed) {
    String path = event.path() + "/transfers";
    organization.owner().api().put(path, Map.of("allowed", allowed)).expect(200);
    return organization.owner().api().get(path).expect(200).json().path("allowed").asBoolean();
  }

  private static Map<String, Object> attendee(String name, String email) {
    return Map.of("attendee", Map.of("name", name, "email", email));
  }

  private static String sha256(String code) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(code.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
