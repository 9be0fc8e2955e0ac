package io.cpdevents.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.contracts.Topic;
import io.cpdevents.driver.Person;
import io.cpdevents.driver.World;
import io.cpdevents.driver.http.Answer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

@Journey
class OneTraceIT {

  @Test
  void a_trace_that_begins_outside_goes_on_through_gateway_outbox_and_topic(World world) {
    Person olga = world.somebody("Olga Owner");
    String traceId = UUID.randomUUID().toString().replace("-", "");

    Answer answer =
        olga.api()
            .with("traceparent", "00-" + traceId + "-00f067aa0ba902b7-01")
            .post("/api/v1/organizations", Map.of("name", "Institute of Traces"))
            .expect(201);

    assertThat(answer.header("X-Correlation-Id")).hasValue(traceId);
    world.await("an event with the caller's trace", () -> isOnTopic(world, traceId));
  }

  private static boolean isOnTopic(World world, String traceId) {
    AtomicBoolean found = new AtomicBoolean();
    world
        .topics()
        .read(
            List.of(Topic.ACCOUNTS_ORGANIZATIONS),
            (_, text) -> {
              if (text.contains(traceId)) {
                found.set(true);
              }
            });
    return found.get();
  }
}
