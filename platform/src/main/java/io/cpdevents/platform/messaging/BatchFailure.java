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

/** Why Kafka did not accept a batch. */
sealed interface BatchFailure {

  /** Kafka rejects one of its records, now and on every retry. */
  record Rejected(OutboxRow row, KafkaException cause) implements BatchFailure {}

  /** The topic does not exist, or not yet. */
  record TopicMissing(String topic) implements BatchFailure {}

  /** May succeed later: Kafka does not answer, or another relay has taken the lead. */
  record Transient(KafkaException cause) implements BatchFailure {}

  /**
   * Finds the reason.
   *
   * @param failure that ended the transaction
   * @param sent the futures of the records that were sent, the first ones of the batch
   */
  static BatchFailure of(
      KafkaException failure,
      List<OutboxStore.QueuedRow> batch,
      List<Future<RecordMetadata>> sent) {
    for (int i = 0; i < sent.size(); i++) {
      OutboxRow row = batch.get(i).row();
      KafkaException cause = of(sent.get(i));
      if (cause != null && isRejection(cause)) {
        return new Rejected(row, cause);
      }
      if (cause != null && isTopicMissing(cause)) {
        return new TopicMissing(row.topic());
      }
    }
    // Only the exception itself counts, not its causes: after a record was rejected, sending the
    // next
    // one fails with the same cause, although the next one is fine.
    if (failure instanceof SerializationException && sent.size() < batch.size()) {
      return new Rejected(batch.get(sent.size()).row(), failure);
    }
    return new Transient(failure);
  }

  /** The failure of a record that was sent, as far as it is known; null for none. */
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

  private static boolean isRejection(KafkaException failure) {
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
