package io.cpdevents.platform.messaging;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Why Kafka did not take a batch. */
sealed interface BatchFailure {

  /** One of its records will never be taken. */
  record RefusedForGood(OutboxRow row, KafkaException cause) implements BatchFailure {}

  /** There is no such topic, or not yet. */
  record TopicMissing(String topic) implements BatchFailure {}

  /** Kafka is away, or somebody else leads. */
  record Passing(KafkaException cause) implements BatchFailure {}

  /**
   * Finds the reason.
   *
   * @param failure what ended the transaction
   * @param sent the first of the batch, as far as they were sent
   */
  static BatchFailure of(
      KafkaException failure, List<OutboxStore.Stored> batch, List<Future<RecordMetadata>> sent) {
    for (int i = 0; i < sent.size(); i++) {
      OutboxRow row = batch.get(i).row();
      KafkaException cause = of(sent.get(i));
      if (cause != null && isRefusedForGood(cause)) {
        return new RefusedForGood(row, cause);
      }
      if (cause != null && isTopicMissing(cause)) {
        return new TopicMissing(row.topic());
      }
    }
    // Not its causes: after one record was refused, sending the next says so, which did no wrong.
    if (failure instanceof SerializationException && sent.size() < batch.size()) {
      return new RefusedForGood(batch.get(sent.size()).row(), failure);
    }
    return new Passing(failure);
  }

  /** What is known to have become of a record that was sent; null when nothing is wrong so far. */
  static @Nullable KafkaException of(Future<RecordMetadata> sent) {
    if (!sent.isDone()) {
      return null;
    }
    try {
      sent.get();
      return null;
    } catch (ExecutionException e) {
      return e.getCause() instanceof KafkaException kafka ? kafka : null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  private static boolean isRefusedForGood(KafkaException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RecordTooLargeException
          || cause instanceof RecordBatchTooLargeException
          || cause instanceof InvalidRecordException
          || cause instanceof InvalidTopicException
          || cause instanceof SerializationException) {
        return true;
      }
      if (cause instanceof AuthorizationException) {
        return false;
      }
    }
    return false;
  }

  private static boolean isTopicMissing(KafkaException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnknownTopicOrPartitionException) {
        return true;
      }
    }
    return false;
  }
}
