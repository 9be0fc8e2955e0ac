package io.cpdevents.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.contracts.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Looks, after all journeys, for what nobody may ever find. */
@Journey
@Order(Integer.MAX_VALUE)
class NothingLeaksIT {

  private static final Duration READ_LIMIT = Duration.ofSeconds(2);

  /** A signed access token, a Stripe client secret, our Stripe keys, any card of the journeys. */
  private static final Pattern SHAPES =
      Pattern.compile(
          "eyJ[A-Za-z0-9_-]{10,}\\.eyJ|_secret_[A-Za-z0-9]+|sk_test_|whsec_|"
              + Arrays.stream(Card.values()).map(Card::number).collect(Collectors.joining("|")));

  @Test
  void passwords_tokens_and_card_numbers_are_in_no_log(World world) throws IOException {
    somethingHasHappened(world);
    Findings findings = new Findings(secrets(world));
    try (Stream<Path> logs = Files.walk(world.logs())) {
      for (Path log : logs.filter(Files::isRegularFile).toList()) {
        try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
          lines.forEach(line -> findings.look(log.getFileName().toString(), line));
        }
      }
    }
    assertThat(findings.found()).isEmpty();
  }

  @Test
  void passwords_tokens_and_card_numbers_are_on_no_topic(World world) {
    somethingHasHappened(world);
    Findings findings = new Findings(secrets(world));
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, world.kafka()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          Arrays.stream(Topic.values())
              .flatMap(topic -> consumer.partitionsFor(topic.topicName()).stream())
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(READ_LIMIT)) {
          findings.look(record.topic(), text(record.key()));
          findings.look(record.topic(), text(record.value()));
          for (Header header : record.headers()) {
            findings.look(record.topic(), text(header.value()));
          }
        }
      }
    }
    assertThat(findings.found()).isEmpty();
    assertThat(findings.looked()).isPositive();
  }

  @Test
  void passwords_tokens_and_card_numbers_are_in_no_database(World world) {
    somethingHasHappened(world);
    Findings findings = new Findings(secrets(world));
    for (String database : Databases.OF_SERVICES) {
      for (List<String> table :
          world
              .databases()
              .query(
                  database,
                  """
                  SELECT c.table_name,
                    string_agg(CASE WHEN c.data_type = 'bytea'
                      THEN format('coalesce(encode(%1$I, ''escape''), '''')', c.column_name)
                      ELSE format('coalesce(%1$I::text, '''')', c.column_name) END,
                      ' || chr(10) || ')
                  FROM information_schema.columns c JOIN information_schema.tables t
                    USING (table_schema, table_name)
                  WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'
                  GROUP BY c.table_name
                  """)) {
        String name = database + "." + table.get(0);
        world
            .databases()
            .query(database, "SELECT " + table.get(1) + " FROM \"" + table.get(0) + "\"")
            .forEach(row -> findings.look(name, row.getFirst()));
      }
    }
    assertThat(findings.found()).isEmpty();
    assertThat(findings.looked()).isPositive();
  }

  /** Also when this test runs alone. */
  private static void somethingHasHappened(World world) {
    if (world.acknowledged().isEmpty()) {
      PublishedEvent event = world.anOrganization().publishes(5, 25_00);
      world.somebody("Ada Attendee").registersFor(event, 1).isPaid().becomes("confirmed");
    }
  }

  private static List<String> secrets(World world) {
    List<String> secrets = new ArrayList<>(world.secrets());
    secrets.add(world.internalToken());
    return secrets;
  }

  private static String text(byte @org.jspecify.annotations.Nullable [] bytes) {
    return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
  }

  /** Says where something was found, never what. */
  private static final class Findings {
    private final List<String> secrets;
    private final Set<String> found = new TreeSet<>();
    private long looked;

    Findings(List<String> secrets) {
      this.secrets = secrets;
    }

    void look(String place, String text) {
      looked++;
      if (secrets.stream().anyMatch(text::contains)) {
        found.add(place + " holds a password or token");
      }
      if (SHAPES.matcher(text).find()) {
        found.add(place + " holds something of the shape of a secret");
      }
    }

    Set<String> found() {
      return found;
    }

    long looked() {
      return looked;
    }
  }
}
