package io.cpdevents.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.driver.EventDraft;
import io.cpdevents.driver.Organization;
import io.cpdevents.driver.Person;
import io.cpdevents.driver.PublishedEvent;
import io.cpdevents.driver.Registration;
import io.cpdevents.driver.World;
import io.cpdevents.driver.ZoomConnection;
import io.cpdevents.driver.ZoomMeeting;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** An online event has its meeting at Zoom, and whoever registers is registered there. */
@Journey
class ZoomMeetingIT {

  @Test
  void who_registers_for_an_online_event_is_at_zoom_until_they_cancel(World world) {
    Organization organization = world.anOrganization();
    ZoomConnection connection = organization.connectsZoom();
    PublishedEvent event = EventDraft.of(organization, 10).with("mode", "online").publishedAt(0);
    ZoomMeeting meeting = ZoomMeeting.awaitedFor(connection, event);
    Person ada = world.somebody("Ada Attendee");
    Person bob = world.somebody("Bob Booker");

    Registration booked = ada.registersFor(event, 1).becomes("confirmed");
    Registration other = bob.registersFor(event, 1).becomes("confirmed");

    world.await("both are registered at Zoom", () -> meeting.registrants().size() == 2);
    assertThat(meeting.registrants()).contains("guest1." + ada.email());
    booked.cancellation().done();
    world.await("one of them is not any more", () -> meeting.registrants().size() == 1);
    assertThat(meeting.registrants()).isEqualTo(List.of("guest1." + bob.email()));
    organization.cancels(event, "Nobody can teach it");
    other.becomes("cancelled");
    world.await(
        "there is no meeting any more",
        () -> !ZoomMeeting.existsFor(world, connection.grant(), event.id()));
  }

  @Test
  void after_the_event_its_organization_reads_who_was_there(World world) {
    Organization organization = world.anOrganization();
    ZoomConnection connection = organization.connectsZoom();
    PublishedEvent event = EventDraft.of(organization, 10).with("mode", "online").publishedAt(0);
    ZoomMeeting meeting = ZoomMeeting.awaitedFor(connection, event);
    Person ada = world.somebody("Ada Attendee");
    Registration there = ada.registersFor(event, 1).becomes("confirmed");
    Registration absent = world.somebody("Abe Absent").registersFor(event, 1).becomes("confirmed");
    world.await("both are registered at Zoom", () -> meeting.registrants().size() == 2);
    Instant startsAt = world.now();
    meeting.isAttendedBy("guest1." + ada.email(), startsAt, startsAt.plusSeconds(3_000));

    // As if it had been today.
    world
        .databases()
        .execute(
            "accounts",
            "UPDATE zoom_meeting SET ends_at = now() - interval '3 hours' WHERE event_id = ?",
            event.id());

    String path = organization.path() + "/zoom/events/" + event.id() + "/attendance";
    world.await(
        "Zoom has told who was there",
        () -> organization.owner().api().get(path).expect(200).data().size() == 2);
    assertThat(
            organization
                .owner()
                .api()
                .get(path)
                .expect(200)
                .data()
                .valueStream()
                .collect(
                    Collectors.toMap(
                        one -> one.path("registrationId").asString(),
                        one -> one.path("minutes").asInt())))
        .isEqualTo(Map.of(there.id().toString(), 50, absent.id().toString(), 0));
  }
}
