package io.cpdevents.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.driver.Person;
import io.cpdevents.driver.PublishedEvent;
import io.cpdevents.driver.Registration;
import io.cpdevents.driver.World;
import org.junit.jupiter.api.Test;

@Journey
class FreeRegistrationIT {

  @Test
  void a_free_registration_is_confirmed_at_once_and_in_the_mail(World world) {
    PublishedEvent event = world.anOrganization().publishes(5, 0);
    Person ada = world.somebody("Ada Attendee");

    Registration registration = ada.registersFor(event, 3);

    assertThat(registration.statusAtFirst()).isEqualTo("confirmed");
    assertThat(registration.totalMinor()).isZero();
    assertThat(event.placesLeft()).isEqualTo(2);
    world.mailbox().awaitMail(ada.email(), "Your tickets for", registration.reference());
  }
}
