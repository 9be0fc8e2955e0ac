package io.cpdevents.sandbox.webhooks;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** Wakes the dispatcher after a commit. */
@Component
class DeliverySignal {
  private final Semaphore news = new Semaphore(0);

  void wake() {
    news.release();
  }

  /** Waits for news, at most this long. */
  void await(Duration most) throws InterruptedException {
    if (news.tryAcquire(most.toMillis(), TimeUnit.MILLISECONDS)) {
      news.drainPermits();
    }
  }
}
