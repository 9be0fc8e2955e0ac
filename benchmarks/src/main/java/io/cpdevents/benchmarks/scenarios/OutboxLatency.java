package io.cpdevents.benchmarks.scenarios;

import io.cpdevents.benchmarks.figures.Report;
import io.cpdevents.benchmarks.figures.Target;
import io.cpdevents.benchmarks.load.Action.Outcome;
import io.cpdevents.benchmarks.load.Latencies;
import io.cpdevents.benchmarks.load.LoadResult;
import io.cpdevents.benchmarks.load.OpenLoad;
import io.cpdevents.benchmarks.load.OpenSchedule;
import io.cpdevents.contracts.audit.AuditEvent.AuditEntryRecorded;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.messaging.Outbox;
import io.cpdevents.platform.messaging.OutboxRow;
import io.cpdevents.platform.test.servers.PostgresCluster;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * From the commit of an event until a reader of committed records has it, through platform's own
 * outbox and relay, on the PostgreSQL and Kafka of the platform, to a topic that nobody else reads.
 */
public final class OutboxLatency {

  private static final String DATABASE = "benchmark_outbox";
  private static final String TOPIC = "benchmark.outbox.v1";
  private static final int PARTITIONS = 12;
  private static final double AT_REST_PER_SECOND = 10;
  private static final double LOAD_PER_SECOND = 1_000;
  private static final int WRITERS = 4;
  private static final int MAX_CONCURRENT_EVENTS = 4_000;
  private static final int BACKLOG_ROWS = 50_000;
  private static final Duration WARM_UP = Duration.ofSeconds(5);
  private static final Duration MAX_ARRIVAL_TIME = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final double NANOS_PER_SECOND = 1e9;

  /** As large as most events are. */
  private static final String PADDING = "x".repeat(300);

  private final Bench bench;
  private final Map<UUID, Long> committedNanos = new ConcurrentHashMap<>();
  private final AtomicLong arrived = new AtomicLong();
  private final AtomicBoolean reading = new AtomicBoolean(true);
  private volatile Latencies latencies = new Latencies();
  private volatile long lastArrivedNanos;

  /** On one stage. */
  public OutboxLatency(Bench bench) {
    this.bench = bench;
  }

  /** At rest, under load, and a backlog. */
  public void run() {
    bench.report().begin("outbox");
    prepare();
    Thread reader = Thread.ofPlatform().name("reader").start(this::read);
    try (ConfigurableApplicationContext service =
        OutboxApplication.start(bench.stage().platform().postgres(), DATABASE, kafka())) {
      put(service, LOAD_PER_SECOND, WARM_UP);
      Duration length = bench.options().measured();
      report(
          "at rest, %.0f/s".formatted(AT_REST_PER_SECOND),
          put(service, AT_REST_PER_SECOND, length),
          null);
      report(
          "at %,.0f/s".formatted(LOAD_PER_SECOND),
          put(service, LOAD_PER_SECOND, length),
          Target.OUTBOX_P99_MS);
      backlog(service);
    } finally {
      reading.set(false);
      join(reader);
      drop();
    }
  }

  private String kafka() {
    return bench.stage().world().address().kafkaBootstrapServers();
  }

  private void report(String load, LoadResult result, @Nullable Target target) {
    Report report = bench.report();
    report.add(load + ": appended", result.perSecond(), "1/s", null, Bench.refusals(result));
    report.add(load + ": commit → readable, p50", latencies.percentileMs(0.5), "ms");
    report.add(load + ": commit → readable, p99", latencies.percentileMs(0.99), "ms", target, "");
  }

  private LoadResult put(
      ConfigurableApplicationContext service, double perSecond, Duration length) {
    latencies = new Latencies();
    arrived.set(0);
    Appending appending = new Appending(service);
    Semaphore writers = new Semaphore(WRITERS);
    LoadResult result =
        new OpenLoad(new OpenSchedule(perSecond, length), MAX_CONCURRENT_EVENTS)
            .put(number -> {
              writers.acquire();
              try {
                appending.append();
              } finally {
                writers.release();
              }
              return Outcome.good(null);
            });
    awaitArrival(result.served());
    return result;
  }

  /** Many rows in one commit: from there until the last of them can be read. */
  private void backlog(ConfigurableApplicationContext service) {
    arrived.set(0);
    latencies = new Latencies();
    Outbox outbox = service.getBean(Outbox.class);
    JdbcClient jdbc = service.getBean(JdbcClient.class);
    TransactionTemplate transaction =
        new TransactionTemplate(service.getBean(PlatformTransactionManager.class));
    OutboxRow example = row(outbox);
    transaction.executeWithoutResult(_ -> {
      jdbc.sql(
              """
              INSERT INTO outbox (topic, key, event_id, event_type, payload, occurred_at)
              SELECT :topic, 'key-' || n, uuidv7(), :eventType, :payload, now()
              FROM generate_series(1, :rows) AS n
              """)
          .param("topic", TOPIC)
          .param("eventType", example.eventType(), Types.VARCHAR)
          .param("payload", example.payload(), Types.BINARY)
          .param("rows", BACKLOG_ROWS)
          .update();
      outbox.wakeAfterCommit();
    });
    long committed = System.nanoTime();
    awaitArrival(BACKLOG_ROWS);
    double seconds = (lastArrivedNanos - committed) / NANOS_PER_SECOND;
    bench
        .report()
        .add("most: a backlog of %,d".formatted(BACKLOG_ROWS), BACKLOG_ROWS / seconds, "1/s");
  }

  private static OutboxRow row(Outbox outbox) {
    return outbox.row(
        new AuditEntryRecorded(
            Ids.next(),
            "registration",
            null,
            "benchmark.run",
            "benchmark",
            Ids.next().toString(),
            null,
            InstantSource.system().instant(),
            null,
            null,
            Map.of("padding", PADDING),
            "system",
            null,
            null,
            null));
  }

  /** As a hot path of a service does it. */
  private final class Appending {
    private final Outbox outbox;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    Appending(ConfigurableApplicationContext service) {
      this.outbox = service.getBean(Outbox.class);
      this.jdbc = service.getBean(JdbcClient.class);
      this.transaction = new TransactionTemplate(service.getBean(PlatformTransactionManager.class));
    }

    void append() {
      OutboxRow row = row(outbox);
      transaction.executeWithoutResult(_ -> {
        jdbc.sql(
                """
                INSERT INTO outbox (topic, key, event_id, event_type, payload, occurred_at)
                VALUES (:topic, :key, :eventId, :eventType, :payload, :occurredAt)
                """)
            .param("topic", TOPIC)
            .param("key", row.key())
            .param("eventId", row.eventId())
            .param("eventType", row.eventType(), Types.VARCHAR)
            .param("payload", row.payload(), Types.BINARY)
            .param("occurredAt", row.occurredAt().atOffset(ZoneOffset.UTC))
            .update();
        outbox.wakeAfterCommit();
        // The reader may be faster than this thread after the commit, so the time is taken before.
        committedNanos.put(row.eventId(), System.nanoTime());
      });
    }
  }

  private void awaitArrival(long count) {
    long deadline = System.nanoTime() + MAX_ARRIVAL_TIME.toNanos();
    while (arrived.get() < count) {
      if (System.nanoTime() > deadline) {
        bench.report().violated("%d of %d events arrived in Kafka".formatted(arrived.get(), count));
        return;
      }
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
    if (arrived.get() > count) {
      bench.report().violated("%d events arrived of %d".formatted(arrived.get(), count));
    }
  }

  /**
   * Reads with a consumer of its own: the recorder of the tests keeps all records and is asked for
   * them from time to time, and here the moment counts at which each one arrives.
   */
  private void read() {
    Properties settings = new Properties();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka());
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          IntStream.range(0, PARTITIONS)
              .mapToObj(partition -> new TopicPartition(TOPIC, partition))
              .toList();
      consumer.assign(partitions);
      while (reading.get()) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
          long now = System.nanoTime();
          committed(record).ifPresent(committed -> latencies.add(now - committed));
          lastArrivedNanos = now;
          arrived.incrementAndGet();
        }
      }
    }
  }

  private Optional<Long> committed(ConsumerRecord<String, byte[]> record) {
    Header id = record.headers().lastHeader("ce_id");
    return id == null
        ? Optional.empty()
        : Optional.ofNullable(
            committedNanos.remove(UUID.fromString(new String(id.value(), StandardCharsets.UTF_8))));
  }

  private void prepare() {
    onPostgres("CREATE DATABASE " + DATABASE);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka()))) {
      admin.createTopics(List.of(new NewTopic(TOPIC, PARTITIONS, (short) 1))).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("could not create " + TOPIC, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private void drop() {
    onPostgres("DROP DATABASE " + DATABASE + " WITH (FORCE)");
  }

  private void onPostgres(String sql) {
    PostgresCluster cluster = bench.stage().platform().postgres();
    try (Connection connection = cluster.connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
