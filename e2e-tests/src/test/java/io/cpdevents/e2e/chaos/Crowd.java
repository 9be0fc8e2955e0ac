package io.cpdevents.e2e.chaos;

import io.cpdevents.driver.Person;
import io.cpdevents.driver.PublishedEvent;
import io.cpdevents.driver.Wait;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** People who come, one after the other, whether the platform is well or not. */
final class Crowd implements AutoCloseable {

  private static final int MEAN_BETWEEN_ARRIVALS_MILLIS = 400;
  private static final Duration NOBODY_WAITS_LONGER = Duration.ofSeconds(180);

  private final Stage stage;
  private final PublishedEvent event;
  private final ScheduledExecutorService door = Executors.newSingleThreadScheduledExecutor();
  private final Random random;
  private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
  private final AtomicInteger inside = new AtomicInteger();
  private final AtomicInteger paid = new AtomicInteger();
  private volatile boolean open = true;

  private Crowd(Stage stage, PublishedEvent event) {
    this.stage = stage;
    this.event = event;
    this.random = new Random(stage.random().nextLong());
  }

  static Crowd at(Stage stage, PublishedEvent event) {
    Crowd crowd = new Crowd(stage, event);
    crowd.nextArrival();
    return crowd;
  }

  /** Waits until so many more than now have paid. */
  void awaitPaying(int more) {
    int enough = paid.get() + more;
    Wait.atMost(NOBODY_WAITS_LONGER)
        .until(more + " more have paid", () -> paid.get() >= enough || !complaints.isEmpty());
  }

  /** Lets so much time go by while people come. */
  void goesOnFor(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    Wait.atMost(time.plus(NOBODY_WAITS_LONGER))
        .until("the time is over", () -> System.nanoTime() >= end);
  }

  /** Nobody else comes; those inside finish. */
  void closeDoor() {
    open = false;
    door.shutdownNow();
  }

  boolean isGone() {
    return inside.get() == 0;
  }

  /** How many have registered and paid. */
  int paid() {
    return paid.get();
  }

  /** What people were answered that nobody should be. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  @Override
  public void close() {
    closeDoor();
  }

  private void nextArrival() {
    long pause = 1L + random.nextInt(2 * MEAN_BETWEEN_ARRIVALS_MILLIS);
    Person buyer = stage.buyers().get(random.nextInt(stage.buyers().size()));
    var _ = door.schedule(() -> letIn(buyer), pause, TimeUnit.MILLISECONDS);
  }

  private void letIn(Person buyer) {
    if (!open) {
      return;
    }
    inside.incrementAndGet();
    Thread.startVirtualThread(() -> {
      try {
        buyer.registersFor(event, 1).isPaid();
        paid.incrementAndGet();
      } catch (RuntimeException e) {
        complaints.add(e.toString());
      } finally {
        inside.decrementAndGet();
      }
    });
    nextArrival();
  }
}
