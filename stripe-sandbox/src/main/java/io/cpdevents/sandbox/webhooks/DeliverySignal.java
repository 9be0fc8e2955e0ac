package io.cpdevents.sandbox.webhooks;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** Wakes the thread that delivers webhooks, after a commit. */
@Component
class DeliverySignal {
  private final Semaphore wakeUps = new Semaphore(0);

  void wake() {
    wakeUps.release();
  }

  /** Waits to be woken, for this time at the most. */
  void await(Duration longest) throws InterruptedException {
    if (wakeUps.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS)) {
      wakeUps.drainPermits();
    }
  }
}
