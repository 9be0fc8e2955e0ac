package io.cpdevents.billing.time;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import java.time.Duration;

/**
 * A task that failed is tried again without end, after 1, 2, 4, 8 … seconds and at last every
 * minute.
 */
public final class RetryLater<T> implements FailureHandler<T> {

  private static final Duration FIRST_DELAY = Duration.ofSeconds(1);
  private static final Duration MAX_DELAY = Duration.ofMinutes(1);
  private static final int MAX_DOUBLINGS = 6;

  @Override
  public void onFailure(ExecutionComplete complete, ExecutionOperations<T> operations) {
    operations.reschedule(
        complete, complete.getTimeDone().plus(after(complete.getExecution().consecutiveFailures)));
  }

  /** How long to wait after this many failures. */
  public static Duration after(int failures) {
    Duration doubled = FIRST_DELAY.multipliedBy(1L << Math.min(failures, MAX_DOUBLINGS));
    return doubled.compareTo(MAX_DELAY) < 0 ? doubled : MAX_DELAY;
  }
}
