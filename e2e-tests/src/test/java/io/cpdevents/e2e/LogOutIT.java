package io.cpdevents.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.driver.Person;
import io.cpdevents.driver.Wait;
import io.cpdevents.driver.World;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@Journey
class LogOutIT {

  @Test
  void after_logging_out_the_token_is_refused_within_a_second(World world) {
    Person ada = world.somebody("Ada Attendee");
    Person ben = world.somebody("Ben Buyer");
    assertThat(ada.isLoggedIn()).isTrue();

    ada.logsOut();

    world.await(
        "the token is refused",
        Wait.atMost(Duration.ofSeconds(1)).lookingEvery(Duration.ofMillis(20)),
        () -> !ada.isLoggedIn());
    assertThat(ben.isLoggedIn()).isTrue();
  }
}
