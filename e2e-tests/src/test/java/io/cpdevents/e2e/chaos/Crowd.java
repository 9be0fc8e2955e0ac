package io.cpdevents.e2e.chaos;

import static org.awaitility.Awaitility.await;

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
  private static final int NOBODY_WAITS_LONGER_SECONDS = 180;

  private final Stage stage;
  private final Stage.Offer offer;
  private final ScheduledExecutorService door = Executors.newSingleThreadScheduledExecutor();
  private final Random random;
  private final Queue<Visitor> visitors = new ConcurrentLinkedQueue<>();
  private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
  private final AtomicInteger inside = new AtomicInteger();
  private volatile boolean open = true;

  private Crowd(Stage stage, Stage.Offer offer) {
    this.stage = stage;
    this.offer = offer;
    this.random = new Random(stage.random().nextLong());
  }

  static Crowd at(Stage stage, Stage.Offer offer) {
    Crowd crowd = new Crowd(stage, offer);
    crowd.nextArrival();
    return crowd;
  }

  /** Waits until so many more than now have paid. */
  void awaitPaying(int more) {
    long enough = paying() + more;
    await("%d more have paid".formatted(more))
        .atMost(NOBODY_WAITS_LONGER_SECONDS, TimeUnit.SECONDS)
        .until(() -> paying() >= enough || !complaints.isEmpty());
  }

  /** Lets so much time go by while people come. */
  void goesOnFor(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    await()
        .atMost(time.plusSeconds(NOBODY_WAITS_LONGER_SECONDS))
        .until(() -> System.nanoTime() >= end);
  }

  /** Nobody else comes; those inside finish. */
  void closeDoor() {
    open = false;
    door.shutdownNow();
  }

  boolean isGone() {
    return inside.get() == 0;
  }

  List<Visitor> visitors() {
    return List.copyOf(visitors);
  }

  /** What people were answered that nobody should be. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  @Override
  public void close() {
    closeDoor();
  }

  private long paying() {
    return visitors.stream().filter(Visitor::hasPaid).count();
  }

  private void nextArrival() {
    long pause = 1L + random.nextInt(2 * MEAN_BETWEEN_ARRIVALS_MILLIS);
    Visitor visitor =
        new Visitor(stage, stage.buyers().get(random.nextInt(stage.buyers().size())), offer);
    var _ = door.schedule(() -> letIn(visitor), pause, TimeUnit.MILLISECONDS);
  }

  private void letIn(Visitor visitor) {
    if (!open) {
      return;
    }
    inside.incrementAndGet();
    visitors.add(visitor);
    Thread.startVirtualThread(() -> {
      try {
        visitor.registersAndPays();
      } catch (AssertionError | RuntimeException e) {
        complaints.add(e.toString());
      } finally {
        inside.decrementAndGet();
      }
    });
    nextArrival();
  }
}
