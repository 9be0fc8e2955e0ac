package io.cpdevents.driver;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Many who act at the same moment. */
public final class AtOnce {

  private AtOnce() {}

  /**
   * Lets all start together.
   *
   * @param action of each, by its number from 0
   * @return what each came to, in their order
   */
  public static <T> List<T> times(int count, IntFunction<T> action) {
    CountDownLatch start = new CountDownLatch(1);
    List<Future<T>> running;
    try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
      running =
          IntStream.range(0, count)
              .mapToObj(number ->
                  crowd.submit(() -> {
                    start.await();
                    return action.apply(number);
                  }))
              .toList();
      start.countDown();
    }
    return running.stream().map(AtOnce::result).toList();
  }

  private static <T> T result(Future<T> finished) {
    try {
      return finished.get();
    } catch (ExecutionException e) {
      throw new NotAsExpected("one of the crowd failed: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
