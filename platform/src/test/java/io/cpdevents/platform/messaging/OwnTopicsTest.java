package io.cpdevents.platform.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.contracts.Topic;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnTopicsTest {

  private static final List<String> SERVICES =
      List.of("accounts", "registration", "billing", "payout", "notification");

  @Test
  void every_topic_is_written_by_one_service_and_the_anchors_by_no_outbox() {
    for (Topic topic : Topic.values()) {
      assertThat(SERVICES.stream().filter(service -> isOwn(service, topic.topicName())))
          .as(topic.topicName())
          .hasSize(topic == Topic.ACCOUNTS_AUDIT_ANCHORS ? 0 : 1);
    }
    assertThat(Arrays.stream(Topic.values()).filter(topic -> isOwn("payout", topic.topicName())))
        .allMatch(topic -> topic.name().startsWith("PAYOUT_"))
        .contains(Topic.PAYOUT_PAYOUTS);
  }

  @Test
  void a_topic_of_a_newer_instance_waits_and_is_not_parked() {
    assertThat(isOwn("billing", "billing.not-yet.v1")).isTrue();
    assertThat(isOwn("billing", "billings.payments.v1")).isFalse();
    assertThat(isOwn("billing", "billing")).isFalse();
  }

  private static boolean isOwn(String service, String topicName) {
    return new OwnTopics(service).include(topicName);
  }
}
