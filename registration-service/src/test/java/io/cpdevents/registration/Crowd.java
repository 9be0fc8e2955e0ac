package io.cpdevents.registration;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Many people at the same moment. */
public final class Crowd {

  private Crowd() {}

  /** Starts all at once, and answers what each got. */
  public static <T> List<T> of(int size, IntFunction<Callable<T>> person) {
    CountDownLatch start = new CountDownLatch(1);
    try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> waiting = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        Callable<T> what = person.apply(i);
        waiting.add(
            people.submit(() -> {
              start.await();
              return what.call();
            }));
      }
      start.countDown();
      List<T> answers = new ArrayList<>();
      for (Future<T> one : waiting) {
        answers.add(one.get());
      }
      return answers;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
