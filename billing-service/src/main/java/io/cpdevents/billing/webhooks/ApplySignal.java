package io.cpdevents.billing.webhooks;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** Wakes the worker when an event has been kept. */
@Component
public class ApplySignal {

  private final Semaphore kept = new Semaphore(0);

  /** There is something to apply. */
  void wake() {
    if (kept.availablePermits() == 0) {
      kept.release();
    }
  }

  /** Waits for the next wake, at most this long. */
  public void await(Duration most) throws InterruptedException {
    if (kept.tryAcquire(most.toMillis(), TimeUnit.MILLISECONDS)) {
      kept.drainPermits();
    }
  }
}
