package io.cpdevents.benchmarks.load;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/**
 * Requests at their intended times, whether or not those before have been answered.
 *
 * @param schedule when
 * @param underWayMost how many may be unanswered at once; one more is counted as {@link #NOT_SENT}
 */
public record OpenLoad(OpenSchedule schedule, int underWayMost) implements Load {

  /** The result of a request that the driver gave up, because too many were under way. */
  public static final String NOT_SENT = "not sent";

  @Override
  public LoadResult put(Action action) {
    Semaphore free = new Semaphore(underWayMost);
    Recording recording = new Recording(action);
    try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int request = 0; request < schedule.count(); request++) {
        int number = request;
        long intendedNanos = recording.beganNanos() + schedule.offsetNanos(request);
        awaitTime(intendedNanos);
        if (!free.tryAcquire()) {
          recording.count(NOT_SENT);
          continue;
        }
        crowd.execute(() -> {
          try {
            recording.perform(number, intendedNanos);
          } finally {
            free.release();
          }
        });
      }
    }
    return recording.result();
  }

  private static void awaitTime(long nanos) {
    long left = nanos - System.nanoTime();
    while (left > 0) {
      LockSupport.parkNanos(left);
      left = nanos - System.nanoTime();
    }
  }
}
