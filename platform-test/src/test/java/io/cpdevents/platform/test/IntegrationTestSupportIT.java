package io.cpdevents.platform.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.contracts.EventType;
import io.cpdevents.contracts.MoneyAmount;
import io.cpdevents.contracts.Topic;
import io.cpdevents.contracts.billing.PaymentEvent;
import io.cpdevents.contracts.billing.PaymentEvent.PaymentCaptured;
import io.cpdevents.platform.test.servers.KafkaBroker;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.core.env.Environment;

/** What {@link CpdIntegrationTest} promises, on an application that has nothing else. */
@CpdIntegrationTest(classes = IntegrationTestSupportIT.Application.class)
@SpringBootTest(
    classes = IntegrationTestSupportIT.Application.class,
    webEnvironment = SpringBootTest.WebEnvironment.NONE)
class IntegrationTestSupportIT {

  @SpringBootConfiguration
  static class Application {}

  private final Environment environment;
  private final Clock clock;
  private final MutableClock mutableClock;
  private final RecordedEvents events;

  @Autowired
  IntegrationTestSupportIT(
      Environment environment, Clock clock, MutableClock mutableClock, RecordedEvents events) {
    this.environment = environment;
    this.clock = clock;
    this.mutableClock = mutableClock;
    this.events = events;
  }

  @Test
  void the_clock_moves_only_when_told() {
    var before = clock.instant();
    mutableClock.advance(Duration.ofDays(2));
    assertThat(clock.instant()).isEqualTo(before.plus(Duration.ofDays(2)));
  }

  @Test
  void the_owner_creates_tables_and_the_runtime_role_only_fills_them() throws SQLException {
    String url = environment.getRequiredProperty("spring.datasource.url");
    try (Connection owner =
            DriverManager.getConnection(
                url,
                environment.getRequiredProperty("spring.flyway.user"),
                environment.getRequiredProperty("spring.flyway.password"));
        Statement statement = owner.createStatement()) {
      statement.execute("CREATE TABLE note (id bigint GENERATED ALWAYS AS IDENTITY, text text)");
    }
    try (Connection runtime =
            DriverManager.getConnection(
                url,
                environment.getRequiredProperty("spring.datasource.username"),
                environment.getRequiredProperty("spring.datasource.password"));
        Statement statement = runtime.createStatement()) {
      statement.execute("INSERT INTO note (text) VALUES ('hello')");
      statement.execute("DELETE FROM note");
      assertThatThrownBy(() -> statement.execute("CREATE TABLE other (id int)"))
          .hasMessageContaining("permission denied");
      assertThatThrownBy(() -> statement.execute("DROP TABLE note"))
          .hasMessageContaining("must be owner");
      assertThatThrownBy(() ->
              DriverManager.getConnection(
                  url.replaceFirst("/test_\\d+$", "/postgres"), "test_1_runtime", "wrong"))
          .isInstanceOf(SQLException.class);
    }
  }

  @Test
  void what_is_sent_is_recorded_with_its_headers() throws Exception {
    MoneyAmount amount = new MoneyAmount(12550, "CAD");
    PaymentCaptured captured =
        new PaymentCaptured(
            UUID.randomUUID(),
            UUID.randomUUID(),
            UUID.randomUUID(),
            UUID.randomUUID(),
            UUID.randomUUID(),
            amount,
            amount,
            clock.instant());
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                environment.getRequiredProperty("spring.kafka.bootstrap-servers")),
            new StringSerializer(),
            new ByteArraySerializer())) {
      ProducerRecord<String, byte[]> record =
          new ProducerRecord<>(
              captured.topic().topicName(), captured.key(), ContractsJson.write(captured));
      record
          .headers()
          .add("ce_id", "42".getBytes(StandardCharsets.UTF_8))
          .add("ce_type", EventType.nameOf(PaymentCaptured.class).getBytes(StandardCharsets.UTF_8));
      producer.send(record).get();
    }
    var recorded =
        events.awaitRecord(
            PaymentCaptured.class, event -> event.paymentId().equals(captured.paymentId()));
    assertThat(recorded.event()).isEqualTo(captured);
    assertThat(recorded.id()).isEqualTo("42");
    assertThat(events.all(PaymentEvent.class)).contains(captured);
  }

  @Test
  void topics_are_made_as_the_table_says_and_those_that_are_there_follow_its_changes()
      throws Exception {
    String bootstrapServers = environment.getRequiredProperty("spring.kafka.bootstrap-servers");
    String fortnight = Long.toString(Topic.RETENTION.toMillis());
    assertThat(tombstonesAreKeptMs(bootstrapServers)).isEqualTo(fortnight);

    KafkaBroker.createTopics(bootstrapServers, 1, _ -> Map.of("delete.retention.ms", "86400000"));
    assertThat(tombstonesAreKeptMs(bootstrapServers)).isEqualTo("86400000");

    KafkaBroker.createTopics(bootstrapServers, 1, _ -> Map.of("delete.retention.ms", fortnight));
    assertThat(tombstonesAreKeptMs(bootstrapServers)).isEqualTo(fortnight);
  }

  private static String tombstonesAreKeptMs(String bootstrapServers) throws Exception {
    ConfigResource profiles =
        new ConfigResource(ConfigResource.Type.TOPIC, Topic.ACCOUNTS_PROFILES.topicName());
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      return admin
          .describeConfigs(List.of(profiles))
          .all()
          .get()
          .getOrDefault(profiles, new Config(List.of()))
          .get("delete.retention.ms")
          .value();
    }
  }

  @Test
  void the_key_of_test_tokens_is_served() throws Exception {
    HttpResponse<String> keys =
        RawHttp.send(
            HttpRequest.newBuilder(
                URI.create(environment.getRequiredProperty("cpd.security.jwks-uri"))));
    assertThat(keys.body()).contains("\"crv\":\"P-256\"");
    assertThat(TestTokens.bearer(UUID.randomUUID())).matches("Bearer [^.]+\\.[^.]+\\.[^.]+");
  }
}
