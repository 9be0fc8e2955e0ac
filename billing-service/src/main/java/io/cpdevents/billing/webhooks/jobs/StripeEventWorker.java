package io.cpdevents.billing.webhooks.jobs;

import io.cpdevents.billing.webhooks.ApplySignal;
import io.cpdevents.billing.webhooks.ApplyStripeEvents;
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

  private static final Logger LOG = LoggerFactory.getLogger(StripeEventWorker.class);
  private static final Duration SWEEP = Duration.ofSeconds(1);
  private static final Duration MAX_SHUTDOWN = Duration.ofSeconds(10);

  /** Waited before a look: several events about one object come within a moment. */
  private static final Duration GATHERING = Duration.ofMillis(75);

  /** Objects that are worked on at once: each waits for Stripe, then for the database. */
  private static final int MAX_CONCURRENT = 8;

  private final ApplyStripeEvents apply;
  private final ApplySignal signal;
  private final Semaphore places = new Semaphore(MAX_CONCURRENT);
  private volatile boolean running;
  private volatile @Nullable Thread dispatcher;
  private volatile @Nullable ExecutorService threads;

  StripeEventWorker(ApplyStripeEvents apply, ApplySignal signal) {
    this.apply = apply;
    this.signal = signal;
  }

  @Override
  public void start() {
    running = true;
    ExecutorService started = Executors.newVirtualThreadPerTaskExecutor();
    threads = started;
    dispatcher = Thread.ofVirtual().name("stripe-events").start(() -> work(started));
  }

  @Override
  public void stop() {
    running = false;
    Thread stoppingFirst = dispatcher;
    ExecutorService stopping = threads;
    if (stopping == null || stoppingFirst == null) {
      return;
    }
    try {
      stoppingFirst.join(MAX_SHUTDOWN);
      stopping.shutdown();
      if (!stopping.awaitTermination(MAX_SHUTDOWN.toMillis(), TimeUnit.MILLISECONDS)) {
        stopping.shutdownNow();
      }
    } catch (InterruptedException e) {
      stopping.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private void work(ExecutorService executor) {
    while (running) {
      try {
        boolean found = claimBatch(executor);
        if (!found) {
          signal.await(SWEEP);
        }
        Thread.sleep(GATHERING);
      } catch (DataAccessException | TransactionException away) {
        LOG.warn("Events of Stripe wait for the database: {}", away.getMessage());
        pause();
      } catch (RuntimeException defect) {
        // Nothing may end this loop: the service would be up and apply nothing.
        LOG.error("Events of Stripe could not be taken", defect);
        pause();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private boolean claimBatch(ExecutorService executor) throws InterruptedException {
    places.acquire();
    places.release();
    List<Runnable> work = apply.claim();
    for (Runnable each : work) {
      places.acquire();
      executor.execute(() -> {
        try {
          each.run();
        } catch (DataAccessException | TransactionException away) {
          // The lease ends, and they are taken again.
          LOG.warn("Events of Stripe wait for the database: {}", away.getMessage());
        } catch (RuntimeException defect) {
          LOG.error("Events of Stripe could not be settled", defect);
        } finally {
          places.release();
        }
      });
    }
    return !work.isEmpty();
  }

  private void pause() {
    try {
      signal.await(SWEEP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      running = false;
    }
  }
}
