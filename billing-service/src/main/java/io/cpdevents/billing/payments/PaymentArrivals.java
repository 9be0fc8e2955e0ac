package io.cpdevents.billing.payments;

import io.cpdevents.platform.sql.AfterCommit;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * Wakes whoever waits for a registration's payment to exist. Only a hint: another instance may have
 * opened the payment, so whoever waits also looks for it from time to time.
 */
@Component
class PaymentArrivals {

  private final Map<UUID, CountDownLatch> waiting = new ConcurrentHashMap<>();

  /** Wakes whoever waits for this registration, when the transaction has committed. */
  void announceAfterCommit(UUID registrationId) {
    AfterCommit.run(() -> {
      CountDownLatch latch = waiting.remove(registrationId);
      if (latch != null) {
        latch.countDown();
      }
    });
  }

  /** Waits for the announcement, at most this long. */
  void await(UUID registrationId, Duration maxTime) {
    CountDownLatch latch = waiting.computeIfAbsent(registrationId, id -> new CountDownLatch(1));
    try {
      if (!latch.await(maxTime.toMillis(), TimeUnit.MILLISECONDS)) {
        waiting.remove(registrationId, latch);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      waiting.remove(registrationId, latch);
    }
  }
}
