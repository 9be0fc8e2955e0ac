package io.cpdevents.registration.events;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Every cancellation of an event that has not ended has a job. Each gets one when it begins; this
 * replaces a job that was lost, for example with a restored backup.
 */
@Component
public class ResumeEventCancellations {

  /** More are not under way at once; the next run takes the others. */
  private static final int MAX_BATCH_ROWS = 1_000;

  private final EventCancellations cancellations;
  private final EventCancellationTasks tasks;

  ResumeEventCancellations(EventCancellations cancellations, EventCancellationTasks tasks) {
    this.cancellations = cancellations;
    this.tasks = tasks;
  }

  /** Starts the jobs that are missing. */
  @Transactional
  public void handle() {
    cancellations.running(MAX_BATCH_ROWS).forEach(tasks::start);
  }
}
