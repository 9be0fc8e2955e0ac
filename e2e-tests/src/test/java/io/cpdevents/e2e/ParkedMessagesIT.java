package io.cpdevents.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.contracts.Topic;
import io.cpdevents.driver.World;
import io.cpdevents.driver.http.Api;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators do with messages that a service could not handle. */
@Journey
class ParkedMessagesIT {

  /** A topic that each service listens to. */
  private static final Map<String, Topic> HEARD =
      Map.of(
          "accounts", Topic.BILLING_AUDIT_ENTRIES,
          "billing", Topic.ACCOUNTS_PROFILES,
          "notification", Topic.ACCOUNTS_PROFILES,
          "payout", Topic.ACCOUNTS_ORGANIZATIONS,
          "registration", Topic.BILLING_PAYMENTS);

  @ParameterizedTest
  @ValueSource(strings = {"accounts", "billing", "notification", "payout", "registration"})
  void an_operator_replays_one_and_drops_another(String service, World world) {
    Api admin = world.admin().api();
    String parked = "/api/v1/ops/" + service + "/parked-messages";

    long replayed = park(world, service);
    assertThat(admin.get(parked).expect(200).data().valueStream())
        .anyMatch(message -> message.path("id").asLong() == replayed);
    admin.post(parked + "/" + replayed + "/replay", Map.of()).expect(200);

    long dropped = park(world, service);
    admin.delete(parked + "/" + dropped).expect(204);

    assertThat(world.databases().number(service, "SELECT count(*) FROM parked_message")).isZero();
  }

  /** As if a release that knew less had parked it: a fact that this one skips, as told later. */
  private static long park(World world, String service) {
    return world
        .databases()
        .number(
            service,
            """
            INSERT INTO parked_message (consumer, topic, partition, record_offset, key, event_id,
                                        event_type, payload, reason, attempts, parked_at)
            SELECT ?, ?, 0, -1 - count(*), ?, ?, 'of.TheFuture.v1', '{}', 'it was not known', 5, now()
              FROM parked_message
            RETURNING id
            """,
            service + "-service",
            Objects.requireNonNull(HEARD.get(service)).topicName(),
            UUID.randomUUID().toString(),
            UUID.randomUUID());
  }
}
