package io.cpdevents.platform.jobs;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.FailureHandler;

/** Retries a failed task without end, with back-off in system time. */
public final class RetryTask<T> implements FailureHandler<T> {

  private final BackOff backOff;

  /** Retries with this back-off. */
  public RetryTask(BackOff backOff) {
    this.backOff = backOff;
  }

  @Override
  public void onFailure(ExecutionComplete complete, ExecutionOperations<T> operations) {
    int failures = complete.getExecution().consecutiveFailures + 1;
    operations.reschedule(complete, complete.getTimeDone().plus(backOff.after(failures)));
  }
}
