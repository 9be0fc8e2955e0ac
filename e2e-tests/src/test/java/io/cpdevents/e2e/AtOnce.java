package io.cpdevents.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many who act at the same moment. */
public final class AtOnce {

  private AtOnce() {}

  /** Lets all start together, and answers what each came to, in their order. */
  public static <T> List<T> all(List<Callable<T>> actions) throws Exception {
    CountDownLatch start = new CountDownLatch(1);
    List<Future<T>> running = new ArrayList<>();
    try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Callable<T> action : actions) {
        running.add(
            crowd.submit(() -> {
              start.await();
              return action.call();
            }));
      }
      start.countDown();
    }
    List<T> results = new ArrayList<>();
    for (Future<T> result : running) {
      results.add(result.get());
    }
    return results;
  }
}
