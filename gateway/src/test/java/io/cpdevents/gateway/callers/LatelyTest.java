package io.cpdevents.gateway.callers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LatelyTest {

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final Lately lately = new Lately(nanos::get);

  @Test
  void what_has_happened_is_told_until_the_next_probe_and_then_forgotten() {
    assertThat(lately.isSo()).isFalse();

    lately.happens();
    nanos.addAndGet(Lately.WINDOW.toNanos());
    assertThat(lately.isSo()).isTrue();

    nanos.incrementAndGet();
    assertThat(lately.isSo()).isFalse();
  }
}
