package io.cpdevents.platform.test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Many things at the same moment. */
public final class AtOnce {

  private AtOnce() {}

  /** Does the same thing several times at once, and answers what each brought. */
  public static <T> List<T> times(int times, Callable<T> action) {
    return all(Collections.nCopies(times, action));
  }

  /** Does the same thing with each number from 0 at once, and answers what each brought. */
  public static <T> List<T> numbered(int size, IntFunction<T> action) {
    return crowd(size, number -> () -> action.apply(number));
  }

  /** Lets a crowd act at once, and answers what each got, in their order. */
  public static <T> List<T> crowd(int size, IntFunction<Callable<T>> person) {
    return all(IntStream.range(0, size).mapToObj(person).toList());
  }

  /** Does all of these at once, and answers what each brought, in their order. */
  public static <T> List<T> all(List<Callable<T>> actions) {
    CountDownLatch start = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> running = new ArrayList<>();
      for (Callable<T> action : actions) {
        running.add(
            threads.submit(() -> {
              start.await();
              return action.call();
            }));
      }
      start.countDown();
      List<T> results = new ArrayList<>();
      for (Future<T> each : running) {
        results.add(each.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
