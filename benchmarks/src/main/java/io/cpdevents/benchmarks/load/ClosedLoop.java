package io.cpdevents.benchmarks.load;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Users who each wait for their answer before they go on: finds the most that is served.
 *
 * @param users how many at once
 * @param length how long; what has begun is finished
 */
public record ClosedLoop(int users, Duration length) implements Load {

  @Override
  public LoadResult put(Action action) {
    Recording recording = new Recording(action);
    long endNanos = recording.beganNanos() + length.toNanos();
    AtomicInteger numbers = new AtomicInteger();
    try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int user = 0; user < users; user++) {
        crowd.execute(() -> {
          while (System.nanoTime() < endNanos) {
            recording.perform(numbers.getAndIncrement(), System.nanoTime());
          }
        });
      }
    }
    return recording.result();
  }
}
