package io.cpdevents.platform.messaging;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.ExponentialBackOff;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.ResourceAccessException;

/**
 * What happens when a listener fails: a passing fault is retried without end, blocking, because
 * skipping would lose order; anything else is parked after five tries.
 */
final class ListenerErrors {

  private static final int MAX_ATTEMPTS = 5;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final double PAUSE_GROWTH = 2.0;

  private ListenerErrors() {}

  static DefaultErrorHandler handler(ParkedMessages parked) {
    DefaultErrorHandler handler =
        new DefaultErrorHandler(
            (record, failure) -> parked.park(message(record), rootOf(failure), MAX_ATTEMPTS),
            fewTries());
    handler.setBackOffFunction((_, failure) -> isPassing(failure) ? endless() : fewTries());
    handler.setResetStateOnExceptionChange(true);
    // Parking is a database write: while the database is away the record is simply tried again.
    handler.setResetStateOnRecoveryFailure(false);
    return handler;
  }

  /** Whether waiting can mend it: the database, Kafka or another service is away or busy. */
  static boolean isPassing(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof TransientDataAccessException
          || cause instanceof RecoverableDataAccessException
          || cause instanceof DataAccessResourceFailureException
          || cause instanceof ConcurrencyFailureException
          || cause instanceof CannotCreateTransactionException
          || cause instanceof TransactionSystemException
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

  private static BackOff fewTries() {
    ExponentialBackOff backOff = new ExponentialBackOff(FIRST_PAUSE.toMillis(), PAUSE_GROWTH);
    backOff.setMaxInterval(LONGEST_PAUSE.toMillis());
    backOff.setMaxAttempts(MAX_ATTEMPTS - 1L);
    return backOff;
  }

  private static BackOff endless() {
    ExponentialBackOff backOff = new ExponentialBackOff(FIRST_PAUSE.toMillis(), PAUSE_GROWTH);
    backOff.setMaxInterval(LONGEST_PAUSE.toMillis());
    return backOff;
  }
}
