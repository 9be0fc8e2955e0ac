package io.cpdevents.billing.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StripeEventWorkerTest {

  private static final int MAX_SECONDS = 20;

  @Test
  void no_failure_ends_it() throws InterruptedException {
    CountDownLatch applied = new CountDownLatch(1);
    Runnable broken =
        () -> {
          throw new IllegalStateException("a defect");
        };
    ApplyStripeEvents apply = mock(ApplyStripeEvents.class);
    when(apply.claim())
        .thenThrow(new IllegalArgumentException("another defect"))
        .thenReturn(List.of(broken))
        .thenReturn(List.of(applied::countDown))
        .thenReturn(List.of());
    StripeEventWorker worker = new StripeEventWorker(apply);
    worker.start();
    try {
      assertThat(applied.await(MAX_SECONDS, TimeUnit.SECONDS)).isTrue();
    } finally {
      worker.stop();
    }
  }
}
