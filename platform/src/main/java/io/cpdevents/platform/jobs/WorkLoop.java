package io.cpdevents.platform.jobs;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * A thread that works in rounds: at once when it is woken, and after an interval in any case.
 * Between two rounds it rests, so that items which arrive together share a round. No failure ends
 * it, because a service whose loop has ended would look healthy and do nothing.
 */
public final class WorkLoop {

  /** One round. */
  @FunctionalInterface
  public interface Round {
    /** Works; true when there is more to do at once. */
    boolean run() throws InterruptedException;
  }

  /**
   * The phase of what works in the background: it begins before the web server and ends after it,
   * because a request that is being answered may wait for it.
   */
  public static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 4096;

  private static final Logger log = LoggerFactory.getLogger(WorkLoop.class);
  private static final BackOff FAILURES =
      new BackOff(Duration.ofMillis(250), Duration.ofSeconds(5));

  private final String name;
  private final Duration interval;
  private final BatchPacing pacing;
  private final Round round;
  private final Semaphore wakeUps = new Semaphore(0);
  private @Nullable Thread thread;
  private volatile boolean running;

  /**
   * Creates a loop, which {@link #start} starts.
   *
   * @param name of the thread, and in the log
   * @param interval the longest time without a round
   * @param pacing the rests between rounds
   */
  public WorkLoop(String name, Duration interval, BatchPacing pacing, Round round) {
    this.name = name;
    this.interval = interval;
    this.pacing = pacing;
    this.round = round;
  }

  /** Starts the thread. */
  public synchronized void start() {
    running = true;
    thread = Thread.ofVirtual().name(name).start(this::work);
  }

  /** Lets the round that is under way end, for as long as this at the most. */
  public synchronized void stop(Duration longest) throws InterruptedException {
    running = false;
    wake();
    Thread current = thread;
    if (current != null && !current.join(longest)) {
      log.warn("{} does not stop within {}", name, longest);
    }
  }

  /** Whether it has begun and was not stopped. */
  public boolean isRunning() {
    return running;
  }

  /** Lets a round begin as soon as the one under way and its rest are over. */
  public void wake() {
    if (wakeUps.availablePermits() == 0) {
      wakeUps.release();
    }
  }

  private void work() {
    int failures = 0;
    while (running) {
      long begunNanos = System.nanoTime();
      // What wakes it from here on gets another round.
      wakeUps.drainPermits();
      try {
        boolean more = round.run();
        failures = 0;
        Thread.sleep(pacing.restAfter(Duration.ofNanos(System.nanoTime() - begunNanos)));
        if (!more) {
          await(interval);
        }
      } catch (InterruptedException e) {
        running = false;
      } catch (DataAccessException | TransactionException unavailable) {
        failures++;
        log.warn("{} waits for the database: {}", name, unavailable.getMessage());
        pause(failures);
      } catch (RuntimeException defect) {
        failures++;
        log.error("{} failed and goes on", name, defect);
        pause(failures);
      }
    }
  }

  private void pause(int failures) {
    try {
      await(FAILURES.after(failures));
    } catch (InterruptedException e) {
      running = false;
    }
  }

  private void await(Duration longest) throws InterruptedException {
    boolean woken = wakeUps.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS);
    log.trace("{} was woken: {}", name, woken);
  }
}
