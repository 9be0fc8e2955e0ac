package io.cpdevents.platform.jobs;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import java.util.function.IntSupplier;

/** Declares db-scheduler tasks. */
public final class Jobs {

  /** After this many batches a sweep lets other tasks run. */
  private static final int MAX_BATCHES = 1_000;

  private Jobs() {}

  /**
   * A sweep over rows with a due date. It runs on one instance at a time, batch after batch while
   * it finds work. Correctness must not depend on its being punctual.
   *
   * @param interval between the end of a run and the next; system time
   * @param batch handles one batch and returns how many rows it handled; 0 ends the run
   */
  public static RecurringTask<Void> sweep(String name, Duration interval, IntSupplier batch) {
    return Tasks.recurring(name, FixedDelay.of(interval))
        .execute((_, _) -> {
          int batches = 0;
          while (batches < MAX_BATCHES && batch.getAsInt() > 0) {
            batches++;
          }
        });
  }

  /**
   * A task that does all there is to do in one run. It runs on one instance at a time. Correctness
   * must not depend on its being punctual.
   *
   * @param interval between the end of a run and the next; system time
   */
  public static RecurringTask<Void> repeat(String name, Duration interval, Runnable task) {
    return Tasks.recurring(name, FixedDelay.of(interval)).execute((_, _) -> task.run());
  }
}
