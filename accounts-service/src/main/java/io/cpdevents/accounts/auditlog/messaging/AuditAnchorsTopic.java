package io.cpdevents.accounts.auditlog.messaging;

import io.cpdevents.accounts.auditlog.AuditAnchor;
import io.cpdevents.accounts.auditlog.KeptAnchors;
import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.contracts.Topic;
import io.cpdevents.contracts.accounts.AuditAnchorEvent.AuditLogAnchored;
import io.cpdevents.platform.error.CommonProblem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.stereotype.Component;

/**
 * Reads the anchors back from their topic, each time from its beginning: no copy of them is kept in
 * the database that they are to watch. They are one a day, so a hundred years are read in a second.
 */
@Component
class AuditAnchorsTopic implements KeptAnchors {

  private static final Duration MAX_POLL_TIME = Duration.ofSeconds(1);
  private static final Duration MAX_REQUEST_TIME = Duration.ofSeconds(5);
  private static final int MAX_EMPTY_POLLS = 5;
  private static final int MAX_ANCHOR_BYTES = 4 * 1024;
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
  private static final Logger log = LoggerFactory.getLogger(AuditAnchorsTopic.class);

  private final ConsumerFactory<String, byte[]> consumers;

  AuditAnchorsTopic(ConsumerFactory<String, byte[]> consumers) {
    this.consumers = consumers;
  }

  @Override
  public void forEach(java.util.function.Consumer<AuditAnchor> reader) {
    try (Consumer<String, byte[]> consumer =
        consumers.createConsumer(null, "audit-anchors", null)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topic.Names.ACCOUNTS_AUDIT_ANCHORS, MAX_REQUEST_TIME).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      readTo(consumer.endOffsets(partitions, MAX_REQUEST_TIME), consumer, reader);
    } catch (TimeoutException e) {
      log.warn("The anchors of the audit log cannot be read: {}", e.toString());
      throw CommonProblem.SERVICE_UNAVAILABLE.violation(RETRY_AFTER);
    }
  }

  private static void readTo(
      Map<TopicPartition, Long> ends,
      Consumer<String, byte[]> consumer,
      java.util.function.Consumer<AuditAnchor> reader) {
    int emptyPolls = 0;
    long strangeRecords = 0;
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey(), MAX_REQUEST_TIME) < end.getValue())) {
      ConsumerRecords<String, byte[]> records = consumer.poll(MAX_POLL_TIME);
      for (ConsumerRecord<String, byte[]> record : records) {
        Optional<AuditAnchor> anchor = anchorIn(record.value());
        anchor.ifPresent(reader);
        if (anchor.isEmpty() && ++strangeRecords == 1) {
          log.warn("What lies at {}@{} is no anchor", record.topic(), record.offset());
        }
      }
      emptyPolls = records.isEmpty() ? emptyPolls + 1 : 0;
      if (emptyPolls > MAX_EMPTY_POLLS) {
        throw CommonProblem.SERVICE_UNAVAILABLE.violation(RETRY_AFTER);
      }
    }
    if (strangeRecords > 1) {
      log.warn("{} records are no anchors", strangeRecords);
    }
  }

  /**
   * The anchor in what a record holds. Whoever can write to the topic must not be able to keep the
   * log from being checked: whatever else it is, is no anchor.
   */
  static Optional<AuditAnchor> anchorIn(byte @Nullable [] value) {
    if (value == null || value.length > MAX_ANCHOR_BYTES) {
      return Optional.empty();
    }
    try {
      AuditLogAnchored event = ContractsJson.read(value, AuditLogAnchored.class);
      return Optional.of(
          new AuditAnchor(
              event.entries(),
              event.headHash(),
              event.anchoredAt(),
              event.keyId(),
              event.signature()));
    } catch (RuntimeException notOurs) {
      // No JSON, the text null, a field that lacks, or a time that no calendar has.
      return Optional.empty();
    }
  }
}
