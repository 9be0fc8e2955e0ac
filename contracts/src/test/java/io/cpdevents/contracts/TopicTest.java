package io.cpdevents.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TopicTest {

  @Test
  void a_topic_is_named_by_its_service_and_plural_and_its_constant_says_the_same() {
    for (Topic topic : Topic.values()) {
      assertThat(topic.topicName()).matches("[a-z]+\\.[a-z-]+s\\.v1");
      assertThat(topic.topicName().replace(".v1", "").replaceAll("[.-]", "_"))
          .isEqualToIgnoringCase(topic.name());
      assertThat(Topic.named(topic.topicName())).isSameAs(topic);
    }
  }

  @Test
  void every_name_constant_is_a_topic_of_the_table() throws IllegalAccessException {
    for (Field name : Topic.Names.class.getDeclaredFields()) {
      assertThat(Topic.valueOf(name.getName()).topicName()).isEqualTo(name.get(null));
    }
    assertThat(Topic.Names.class.getDeclaredFields()).hasSameSizeAs(Topic.values());
  }

  @Test
  void a_name_that_is_not_in_the_table_is_refused() {
    assertThatThrownBy(() -> Topic.named("billing.surprises.v1"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_compacted_topic_forgets_within_an_hour_and_others_keep_a_fortnight() {
    assertThat(Topic.ACCOUNTS_PROFILES.isCompacted()).isTrue();
    assertThat(Topic.ACCOUNTS_PROFILES.configuration())
        .containsEntry("max.compaction.lag.ms", "3600000")
        .containsEntry("segment.ms", "3600000");
    assertThat(Topic.BILLING_PAYMENTS.isCompacted()).isFalse();
    assertThat(Topic.BILLING_PAYMENTS.configuration()).containsEntry("retention.ms", "1209600000");
  }

  @Test
  void anchors_of_the_audit_log_are_kept_for_good() {
    assertThat(Topic.ACCOUNTS_AUDIT_ANCHORS.configuration())
        .containsEntry("retention.ms", "-1")
        .containsEntry("retention.bytes", "-1");
  }

  @Test
  void an_erasure_can_be_heard_of_for_as_long_as_any_other_fact() {
    for (Topic topic : EnumSet.complementOf(EnumSet.of(Topic.ACCOUNTS_AUDIT_ANCHORS))) {
      assertThat(topic.configuration())
          .containsEntry(
              topic.isCompacted() ? "delete.retention.ms" : "retention.ms",
              Long.toString(Topic.RETENTION.toMillis()));
    }
  }

  @Test
  void deploy_creates_the_topics_of_the_table() {
    CommittedFiles.holdEqual(
        CommittedFiles.project().resolve("deploy/kafka/topics.txt"),
        Arrays.stream(Topic.values())
            .map(TopicTest::line)
            .collect(
                Collectors.joining(
                    "\n",
                    """
                    # Made from contracts' Topic table; a test holds it equal.
                    # name partitions key=value,key=value
                    """,
                    "\n")));
  }

  private static String line(Topic topic) {
    Map<String, String> configuration = new TreeMap<>(topic.configuration());
    return "%s %d %s"
        .formatted(
            topic.topicName(),
            Topic.PARTITIONS,
            configuration.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(",")));
  }
}
