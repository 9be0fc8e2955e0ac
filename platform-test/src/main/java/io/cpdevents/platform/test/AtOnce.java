package io.cpdevents.platform.test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
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

  /** Lets several begin with the same thing at once, and does not wait for them. */
  public static <T> Crowd<T> begin(int times, Callable<T> action) {
    return begin(Collections.nCopies(times, action));
  }

  /** Does all of these at once, and answers what each brought, in their order. */
  public static <T> List<T> all(List<Callable<T>> actions) {
    return begin(actions).results();
  }

  private static <T> Crowd<T> begin(List<Callable<T>> actions) {
    CountDownLatch start = new CountDownLatch(1);
    List<FutureTask<T>> begun =
        actions.stream()
            .map(action ->
                new FutureTask<>(() -> {
                  start.await();
                  return action.call();
                }))
            .toList();
    begun.forEach(Thread::startVirtualThread);
    start.countDown();
    return new Crowd<>(begun);
  }

  /** Those who have begun. */
  public static final class Crowd<T> {

    private final List<FutureTask<T>> begun;

    private Crowd(List<FutureTask<T>> begun) {
      this.begun = begun;
    }

    /** Waits for all of them, and answers what each brought, in their order. */
    public List<T> results() {
      List<T> results = new ArrayList<>();
      AssertionError failure = null;
      for (FutureTask<T> each : begun) {
        try {
          results.add(each.get());
        } catch (ExecutionException e) {
          failure = new AssertionError(e.getCause());
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IllegalStateException(e);
        }
      }
      if (failure != null) {
        throw failure;
      }
      return results;
    }
  }
}
