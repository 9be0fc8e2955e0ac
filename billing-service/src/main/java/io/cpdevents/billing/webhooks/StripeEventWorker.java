package io.cpdevents.billing.webhooks;

import io.cpdevents.platform.jobs.BatchPacing;
import io.cpdevents.platform.jobs.WorkLoop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Applies events as soon as they are kept: woken after the commit, and by itself every second for
 * those of a process that died.
 */
@Component
class StripeEventWorker implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(StripeEventWorker.class);
  private static final Duration SWEEP_INTERVAL = Duration.ofSeconds(1);
  private static final Duration MAX_STOP_TIME = Duration.ofSeconds(10);

  /** Waited before events are claimed: several about one object come within a moment. */
  private static final Duration GATHERING_TIME = Duration.ofMillis(75);

  /** A round waits at its beginning, so no rest is needed after it. */
  private static final BatchPacing NO_REST = new BatchPacing(Duration.ZERO, Duration.ZERO);

  /** Objects that are worked on at once: each waits for Stripe, then for the database. */
  private static final int MAX_CONCURRENT_OBJECTS = 8;

  private final ApplyStripeEvents apply;
  private final WorkLoop loop =
      new WorkLoop("stripe-events", SWEEP_INTERVAL, NO_REST, this::claimAndApply);
  private final Semaphore slots = new Semaphore(MAX_CONCURRENT_OBJECTS);
  private volatile @Nullable ExecutorService threads;

  StripeEventWorker(ApplyStripeEvents apply) {
    this.apply = apply;
  }

  /** Makes the worker apply what has just been stored. */
  void wake() {
    loop.wake();
  }

  @Override
  public void start() {
    threads = Executors.newVirtualThreadPerTaskExecutor();
    loop.start();
  }

  @Override
  public void stop() {
    ExecutorService stopping = threads;
    if (stopping == null) {
      return;
    }
    try {
      loop.stop(MAX_STOP_TIME);
      stopping.shutdown();
      if (!stopping.awaitTermination(MAX_STOP_TIME.toMillis(), TimeUnit.MILLISECONDS)) {
        stopping.shutdownNow();
      }
    } catch (InterruptedException e) {
      stopping.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public int getPhase() {
    return WorkLoop.PHASE;
  }

  @Override
  public boolean isRunning() {
    return loop.isRunning();
  }

  private boolean claimAndApply() throws InterruptedException {
    Thread.sleep(GATHERING_TIME);
    // Claims nothing while all slots are taken, so that other instances can.
    slots.acquire();
    slots.release();
    List<Runnable> work = apply.claim();
    for (Runnable each : work) {
      slots.acquire();
      run(each);
    }
    return !work.isEmpty();
  }

  private void run(Runnable work) {
    ExecutorService executor = threads;
    if (executor == null) {
      throw new IllegalStateException("the worker was not started");
    }
    executor.execute(() -> {
      try {
        work.run();
      } catch (DataAccessException | TransactionException unavailable) {
        // The lease ends, and they are claimed again.
        log.warn("Events of Stripe wait for the database: {}", unavailable.getMessage());
      } catch (RuntimeException defect) {
        log.error("Events of Stripe could not be settled", defect);
      } finally {
        slots.release();
      }
    });
  }
}
