package io.cpdevents.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.driver.EventDraft;
import io.cpdevents.driver.Organization;
import io.cpdevents.driver.Person;
import io.cpdevents.driver.PublishedEvent;
import io.cpdevents.driver.Registration;
import io.cpdevents.driver.Waiting;
import io.cpdevents.driver.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@Journey
class WaitlistIT {

  @Test
  void who_waits_gets_the_places_that_come_back_and_pays_for_them(World world) {
    Organization organization = world.anOrganization();
    PublishedEvent event = organization.publishes(2, 40_00);
    Person ada = world.somebody("Ada Attendee");
    Registration paid = ada.registersFor(event, 2).isPaid().becomes("confirmed");
    Person wes = world.somebody("Wes Waiter");
    assertThat(wes.triesToRegisterFor(event, 1).code()).isEqualTo("sold-out");
    Waiting first = Waiting.joinedBy(wes, event, 1);
    Person kim = world.somebody("Kim Keynote");
    Waiting second = Waiting.joinedBy(kim, event, 1);
    Waiting third = Waiting.joinedBy(world.somebody("Lee Later"), event, 1);

    second.isMovedBefore(first, organization.owner(), "She speaks at noon.").expect(200);
    world.mailbox().awaitMail(kim.email(), "Your position on the waitlist", "She speaks at noon.");
    paid.cancellation().done();

    world.mailbox().awaitMail(kim.email(), "Places for");
    world.mailbox().awaitMail(wes.email(), "Places for");
    assertThat(third.status()).isEqualTo("waiting");
    assertThat(event.placesLeft()).isZero();
    assertThat(world.somebody("Pat Public").triesToRegisterFor(event, 1).code())
        .isEqualTo("sold-out");
    second.accepts().isPaid().becomes("confirmed");
    world.invariants().hold();

    first.leaves();
    assertThat(first.status()).isEqualTo("declined");
    assertThat(third.status()).isEqualTo("offered");
    assertThat(organization.owner().api().get(event.path() + "/waitlist").expect(200).data().size())
        .isEqualTo(3);
    world.leaps(Duration.ofHours(5));
    third.becomes("expired");
    world.mailbox().awaitMail(third.person().email(), "Your offer for");
    world.await("the place is on sale", () -> event.placesLeft() == 1);
  }

  @Test
  void ticket_types_share_a_quota_and_a_hold_lasts_as_long_as_the_organizer_says(World world) {
    Organization organization = world.anOrganization();
    PublishedEvent event =
        EventDraft.of(organization, 10).with("holdMinutes", 60).publishedAt(40_00);
    Person owner = organization.owner();
    Person ada = world.somebody("Ada Attendee");
    Registration held = ada.registersFor(event, 1);
    String quotas = event.path() + "/quotas";
    Map<String, Object> terms =
        Map.of("name", "Seats", "capacity", 2, "ticketTypeIds", List.of(event.ticketTypeId()));

    String quota = "/api/v1/quotas/" + owner.api().post(quotas, terms).expect(201).id();
    assertThat(ada.triesToRegisterFor(event, 2).code()).isEqualTo("sold-out");
    Waiting waiting = Waiting.joinedBy(ada, event, 2);
    owner.api().patch(quota, Map.of("capacity", 3)).expect(200);

    assertThat(waiting.status()).isEqualTo("offered");
    assertThat(owner.api().get(quota).expect(200).json().path("placesLeft").asInt(-1)).isZero();
    assertThat(owner.api().get(quotas).expect(200).data().size()).isEqualTo(1);
    owner.api().delete(quota).expect(204);
    world.invariants().hold();
    world.leaps(Duration.ofMinutes(45));
    assertThat(held.status()).isEqualTo("held");
    held.isPaid().becomes("confirmed");
  }
}
