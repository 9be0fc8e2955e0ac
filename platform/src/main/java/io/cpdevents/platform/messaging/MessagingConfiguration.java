package io.cpdevents.platform.messaging;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.jobs.WorkLoop;
import io.cpdevents.platform.observability.TraceContext;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.config.ContainerCustomizer;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Configures outbox and inbox for every service with a database. */
@AutoConfiguration(
    afterName = {
      "org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration",
      "org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration",
      "io.cpdevents.platform.observability.ObservabilityConfiguration"
    },
    beforeName = {
      "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration",
      "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration"
    })
@ConditionalOnBean(JdbcClient.class)
public class MessagingConfiguration {

  private static final Duration INBOX_RETENTION = Duration.ofDays(28);
  private static final Duration INBOX_PARTITIONS_AHEAD = Duration.ofDays(28);
  private static final Duration INBOX_MAINTENANCE_INTERVAL = Duration.ofHours(12);
  private static final Duration MAX_PRODUCER_BLOCK_TIME = Duration.ofSeconds(10);
  private static final Duration MAX_PRODUCER_REQUEST_TIME = Duration.ofSeconds(5);
  private static final Duration MAX_PRODUCER_DELIVERY_TIME = Duration.ofSeconds(10);
  private static final Duration MAX_PRODUCER_TRANSACTION_TIME = Duration.ofSeconds(15);
  private static final int MAX_CONNECT_SECONDS = 5;
  private static final int MAX_SOCKET_READ_SECONDS = 20;

  /** Migrates the platform's tables first, with a history of their own, and then the service's. */
  @Configuration(proxyBeanMethods = false)
  static class Migrations {
    @Bean
    FlywayMigrationStrategy platformFirst() {
      return service -> {
        Flyway.configure()
            .configuration(service.getConfiguration())
            .locations("classpath:db/platform")
            .table("flyway_platform_history")
            .baselineOnMigrate(false)
            .load()
            .migrate();
        Flyway.configure()
            .configuration(service.getConfiguration())
            // The schema already has the platform's tables.
            .baselineOnMigrate(true)
            .baselineVersion("0")
            .load()
            .migrate();
      };
    }
  }

  @Bean
  OutboxRelay outboxRelay(
      Environment environment,
      JdbcConnectionDetails database,
      KafkaConnectionDetails kafka,
      KafkaProperties kafkaProperties,
      MeterRegistry metrics) {
    String service = environment.getRequiredProperty("spring.application.name");
    return new OutboxRelay(
        service,
        new OwnTopics(environment.getRequiredProperty("cpd.service")),
        new OutboxRelay.Connections() {
          @Override
          public Connection openConnection() throws SQLException {
            return connect(database, service);
          }

          @Override
          public Producer<String, byte[]> openProducer() {
            return MessagingConfiguration.openProducer(kafka, kafkaProperties, service);
          }
        },
        Clock.systemUTC(),
        metrics);
  }

  static Connection connect(JdbcConnectionDetails database, String service) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", String.valueOf(database.getUsername()));
    properties.setProperty("password", String.valueOf(database.getPassword()));
    properties.setProperty("connectTimeout", Integer.toString(MAX_CONNECT_SECONDS));
    properties.setProperty("socketTimeout", Integer.toString(MAX_SOCKET_READ_SECONDS));
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("ApplicationName", service + " outbox relay");
    return DriverManager.getConnection(database.getJdbcUrl(), properties);
  }

  static Producer<String, byte[]> openProducer(
      KafkaConnectionDetails kafka, KafkaProperties kafkaProperties, String service) {
    Map<String, Object> settings = producerSettings(kafka, kafkaProperties, service + "-outbox");
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, service + "-outbox");
    settings.put(
        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int) MAX_PRODUCER_TRANSACTION_TIME.toMillis());
    return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
  }

  private static Map<String, Object> producerSettings(
      KafkaConnectionDetails kafka, KafkaProperties kafkaProperties, String clientId) {
    Map<String, Object> settings = new HashMap<>(kafkaProperties.buildProducerProperties());
    settings.put(
        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.getProducer().getBootstrapServers());
    settings.put(ProducerConfig.CLIENT_ID_CONFIG, clientId);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    // Kafka 4 lingers 5 ms by default; the relay sends whole batches already.
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_PRODUCER_BLOCK_TIME.toMillis());
    settings.put(
        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) MAX_PRODUCER_REQUEST_TIME.toMillis());
    settings.put(
        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) MAX_PRODUCER_DELIVERY_TIME.toMillis());
    return settings;
  }

  @Bean
  DirectPublisher directPublisher(
      Environment environment,
      KafkaConnectionDetails kafka,
      KafkaProperties kafkaProperties,
      Clock clock,
      TraceContext traceContext) {
    String service = environment.getRequiredProperty("spring.application.name");
    return new DirectPublisher(
        service,
        () ->
            new KafkaProducer<>(
                producerSettings(kafka, kafkaProperties, service + "-direct"),
                new StringSerializer(),
                new ByteArraySerializer()),
        clock,
        traceContext);
  }

  @Bean
  Outbox outbox(JdbcClient jdbc, Clock clock, TraceContext traceContext, OutboxRelay relay) {
    return new Outbox(jdbc, clock, traceContext, relay);
  }

  @Bean
  ParkedMessages parkedMessages(
      Environment environment, JdbcClient jdbc, PlatformTransactionManager transactions) {
    return new ParkedMessages(
        environment.getRequiredProperty("spring.application.name"),
        jdbc,
        new TransactionTemplate(transactions),
        Clock.systemUTC());
  }

  @Bean
  Inbox inbox(
      Environment environment,
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      ParkedMessages parked,
      TraceContext traceContext,
      MeterRegistry metrics) {
    return new Inbox(
        environment.getRequiredProperty("spring.application.name"),
        new TransactionTemplate(transactions),
        new InboxStore(jdbc),
        parked,
        traceContext,
        metrics);
  }

  @Bean
  DefaultErrorHandler listenerErrors(
      ParkedMessages parked, @Value("${cpd.messaging.first-wait}") Duration firstWait) {
    return ListenerErrors.handler(parked, firstWait);
  }

  @Bean
  ContainerCustomizer<Object, Object, ConcurrentMessageListenerContainer<Object, Object>>
      listenersOutliveRequests() {
    return listener -> listener.setPhase(WorkLoop.PHASE);
  }

  @Bean
  MessagingMetrics messagingMetrics(JdbcClient jdbc, ParkedMessages parked, MeterRegistry metrics) {
    return new MessagingMetrics(jdbc, parked, Clock.systemUTC(), metrics);
  }

  @Bean
  ParkedMessagesController parkedMessagesController(
      ParkedMessages parked, AuditTrail audit, PlatformTransactionManager transactions) {
    return new ParkedMessagesController(parked, audit, new TransactionTemplate(transactions));
  }

  @Bean
  AuditTrail auditTrail(
      Environment environment, Outbox outbox, Clock clock, TraceContext traceContext) {
    return new AuditTrail(
        environment.getRequiredProperty("cpd.service"), outbox, clock, traceContext);
  }

  @Bean
  RecurringTask<Void> maintainInbox(JdbcClient jdbc) {
    InboxStore store = new InboxStore(jdbc);
    Clock system = Clock.systemUTC();
    return Tasks.recurring("maintain-inbox", FixedDelay.of(INBOX_MAINTENANCE_INTERVAL))
        .execute((_, _) ->
            store.maintain(
                system.instant().minus(INBOX_RETENTION),
                system.instant().plus(INBOX_PARTITIONS_AHEAD)));
  }
}
