package io.cpdevents.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.driver.EventDraft;
import io.cpdevents.driver.Organization;
import io.cpdevents.driver.Payment;
import io.cpdevents.driver.Person;
import io.cpdevents.driver.PublishedEvent;
import io.cpdevents.driver.Registration;
import io.cpdevents.driver.World;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@Journey
class MovedEventIT {

  private static final Map<String, Object> NOTHING_GOES_BACK = Map.of("tiers", List.of());
  private static final Duration UNTIL_TOLD = Duration.ofMinutes(6);
  private static final String SUBJECT = "Suturing at night has another time or place";

  @Test
  void everybody_hears_of_a_moved_event_and_who_cannot_come_gets_everything_back(World world) {
    Organization organization = world.anOrganization();
    PublishedEvent event =
        EventDraft.of(organization, 5)
            .with("title", "Suturing at night")
            .with("refundPolicy", NOTHING_GOES_BACK)
            .publishedAt(60_00);
    Person ada = world.somebody("Ada Attendee");
    Registration registration = ada.registersFor(event, 2).isPaid().becomes("confirmed");
    Payment payment = registration.payment();
    assertThat(registration.cancellation().preview().refundMinor()).isZero();

    Instant later = world.now().plus(Duration.ofDays(90)).truncatedTo(ChronoUnit.SECONDS);
    organization.triesToMove(event, later, later.plus(Duration.ofHours(3))).expect(200);
    organization.owner().api().patch(event.path(), Map.of("venue", "Hall 2")).expect(200);
    world.leaps(UNTIL_TOLD);

    String told = world.mailbox().awaitMail(ada.email(), SUBJECT, registration.reference()).text();
    assertThat(told).contains("Hall 1", "Hall 2", "you get all of your money back");
    world.mailbox().awaitMail("guest1." + ada.email(), SUBJECT, "Hall 2");
    assertThat(world.mailbox().find(ada.email(), SUBJECT, "")).hasSize(1);
    assertThat(registration.cancellation().preview().refundMinor()).isEqualTo(120_00);
    registration.cancellation().done();
    registration.becomes("cancelled");
    world.await("everything goes back", () -> payment.refundedMinor() == 120_00);
    world.invariants().hold();
  }
}
