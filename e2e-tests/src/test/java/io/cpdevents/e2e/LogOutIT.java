package io.cpdevents.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.driver.Person;
import io.cpdevents.driver.Wait;
import io.cpdevents.driver.World;
import io.cpdevents.driver.http.Answer;
import java.time.Duration;
import java.util.Map;
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

  @Test
  void one_session_is_ended_from_another_and_then_all_others(World world) {
    String password = "a passphrase of three";
    Person ada = world.somebody("Ada Attendee", password);
    Map<String, String> credentials = Map.of("email", ada.email(), "password", password);
    Answer second = world.api().post("/api/v1/sessions", credentials).expect(201);
    Answer third = world.api().post("/api/v1/sessions", credentials).expect(201);

    String secondSession = second.header("Location").orElseThrow();
    assertThat(ada.api().get(secondSession).expect(200).json().path("current").asBoolean())
        .isFalse();
    ada.api().delete(secondSession).expect(204);
    world.await("it has ended", () -> !isLoggedIn(world, second));
    assertThat(ada.api().get(secondSession).status()).isEqualTo(404);
    assertThat(isLoggedIn(world, third)).isTrue();

    ada.api().delete("/api/v1/sessions?scope=others").expect(204);
    world.await("the others have ended", () -> !isLoggedIn(world, third));
    assertThat(ada.isLoggedIn()).isTrue();
  }

  private static boolean isLoggedIn(World world, Answer opened) {
    return world.api().bearing(opened.text("token")).get("/api/v1/me").isSuccess();
  }
}
