package io.cpdevents.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.driver.Order;
import io.cpdevents.driver.PublishedEvent;
import io.cpdevents.driver.http.Answer;
import io.cpdevents.driver.http.Api;
import io.cpdevents.local.Component;
import io.cpdevents.platform.test.AtOnce;
import io.cpdevents.platform.test.servers.FreePort;
import io.cpdevents.platform.test.servers.SupervisedProcess;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A crowd at two instances of registration-service, half of it at each, past the gateway. */
@Tag("chaos")
@EnabledOnOs(OS.LINUX)
class TwoInstancesIT {

  private static final int CROWD = 200;
  private static final int LAST_PLACES = 50;
  private static final int EQUAL_POSTS = 10;
  private static final long PRICE_MINOR = 25_00;

  private final Stage stage = Stage.shared();

  @Test
  void two_hundred_at_once_for_the_last_fifty_places() throws IOException {
    int port = FreePort.any();
    try (SupervisedProcess _ = SecondInstance.start(Component.REGISTRATION, port)) {
      List<Api> instances = instances(port);
      PublishedEvent event = stage.publishes(LAST_PLACES, PRICE_MINOR);
      List<String> tokens = accessTokens();

      List<Answer> answers =
          AtOnce.numbered(
              CROWD,
              i ->
                  instances
                      .get(i % 2)
                      .bearing(tokens.get(i / 2 % tokens.size()))
                      .post(event.registrationsPath(), order(event)));

      assertThat(outcomes(answers))
          .containsExactlyInAnyOrderEntriesOf(
              Map.of("201", (long) LAST_PLACES, "409 sold-out", (long) CROWD - LAST_PLACES));
      assertThat(taken(event)).isEqualTo(LAST_PLACES);
    }
  }

  @Test
  void equal_posts_with_one_key_at_both_make_one_registration() throws IOException {
    int port = FreePort.any();
    try (SupervisedProcess _ = SecondInstance.start(Component.REGISTRATION, port)) {
      List<Api> instances = instances(port);
      PublishedEvent event = stage.publishes(LAST_PLACES, PRICE_MINOR);
      String token = accessTokens().getFirst();
      String key = UUID.randomUUID().toString();

      List<Answer> answers =
          AtOnce.numbered(
              EQUAL_POSTS,
              i ->
                  instances
                      .get(i % 2)
                      .bearing(token)
                      .with("Idempotency-Key", key)
                      .post(event.registrationsPath(), order(event)));

      assertThat(outcomes(answers).keySet()).isSubsetOf("201", "409 in-progress");
      assertThat(
              answers.stream()
                  .filter(Answer::isSuccess)
                  .map(Answer::body)
                  .collect(Collectors.toSet()))
          .hasSize(1);
      assertThat(taken(event)).isEqualTo(1);
    }
  }

  private List<Api> instances(int port) {
    return List.of(
        Api.at(stage.platform().urlOf(Component.REGISTRATION)), Api.at("http://127.0.0.1:" + port));
  }

  /** What the gateway hands to services, here asked for in its place. */
  private List<String> accessTokens() {
    Api accounts =
        Api.at(stage.platform().urlOf(Component.ACCOUNTS))
            .bearing(stage.world().address().internalToken());
    return stage.buyers().stream()
        .map(buyer ->
            accounts
                .post("/internal/token-exchanges", Map.of("token", buyer.token()))
                .expect(200)
                .text("accessToken"))
        .toList();
  }

  private Order order(PublishedEvent event) {
    return Order.of(stage.buyers().getFirst(), event, 1);
  }

  private static Map<String, Long> outcomes(List<Answer> answers) {
    return answers.stream().collect(Collectors.groupingBy(Answer::outcome, Collectors.counting()));
  }

  private long taken(PublishedEvent event) {
    return stage
        .world()
        .databases()
        .number(
            "registration",
            """
            SELECT count(*) FROM ticket t JOIN registration r ON r.id = t.registration_id
            WHERE r.status = 'held' AND r.event_id = ?
            """,
            event.id());
  }
}
