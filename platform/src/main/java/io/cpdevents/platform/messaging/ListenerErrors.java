package io.cpdevents.platform.messaging;

import io.cpdevents.platform.sql.DatabaseFailures;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.ExponentialBackOff;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.ResourceAccessException;

/**
 * What happens when a listener fails: a transient failure is retried without end, and blocks the
 * partition, because skipping would lose the order. After any other failure the message is parked
 * at the fifth attempt.
 */
final class ListenerErrors {

  private static final int MAX_ATTEMPTS = 5;
  private static final Duration MAX_WAIT_TIME = Duration.ofSeconds(5);
  private static final double WAIT_FACTOR = 2.0;

  private ListenerErrors() {}

  /**
   * Retries and parks.
   *
   * @param firstWait after the first failure; each further one waits twice as long
   */
  static DefaultErrorHandler handler(ParkedMessages parked, Duration firstWait) {
    DefaultErrorHandler handler =
        new DefaultErrorHandler(
            (record, failure) -> parked.park(message(record), rootOf(failure), MAX_ATTEMPTS),
            limitedBackOff(firstWait));
    handler.setBackOffFunction((_, failure) ->
        isTransient(failure) ? endlessBackOff(firstWait) : limitedBackOff(firstWait));
    handler.setResetStateOnExceptionChange(true);
    // Parking writes to the database; when that fails, the record is delivered again.
    handler.setResetStateOnRecoveryFailure(false);
    return handler;
  }

  /** Whether it may succeed later: the database, Kafka or another service is down or busy. */
  static boolean isTransient(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (DatabaseFailures.isPassing(cause)
          || cause instanceof ResourceAccessException
          || cause instanceof HttpServerErrorException
          || cause instanceof RetriableException
          || cause instanceof TimeoutException
          || cause instanceof SocketTimeoutException
          || cause instanceof IOException) {
        return true;
      }
    }
    return false;
  }

  @SuppressWarnings("unchecked")
  private static Message message(ConsumerRecord<?, ?> record) {
    return Message.of((ConsumerRecord<String, byte[]>) record);
  }

  private static Throwable rootOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root instanceof KafkaException) {
      root = root.getCause();
    }
    return root;
  }

  private static BackOff limitedBackOff(Duration firstWait) {
    ExponentialBackOff backOff = new ExponentialBackOff(firstWait.toMillis(), WAIT_FACTOR);
    backOff.setMaxInterval(MAX_WAIT_TIME.toMillis());
    backOff.setMaxAttempts(MAX_ATTEMPTS - 1L);
    return backOff;
  }

  private static BackOff endlessBackOff(Duration firstWait) {
    ExponentialBackOff backOff = new ExponentialBackOff(firstWait.toMillis(), WAIT_FACTOR);
    backOff.setMaxInterval(MAX_WAIT_TIME.toMillis());
    return backOff;
  }
}
