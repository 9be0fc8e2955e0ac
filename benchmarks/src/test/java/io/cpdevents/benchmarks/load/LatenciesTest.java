package io.cpdevents.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LatenciesTest {

  private static final long MILLISECOND = 1_000_000;

  @Test
  void a_percentile_is_the_smallest_latency_that_the_share_does_not_exceed() {
    Latencies latencies = new Latencies();
    for (int milliseconds = 100; milliseconds >= 1; milliseconds--) {
      latencies.add(milliseconds * MILLISECOND);
    }

    assertThat(latencies.percentileMs(0.5)).isEqualTo(50);
    assertThat(latencies.percentileMs(0.99)).isEqualTo(99);
    assertThat(latencies.percentileMs(0.991)).isEqualTo(100);
    assertThat(latencies.percentileMs(1)).isEqualTo(100);
  }

  @Test
  void one_stall_in_fifty_shows_in_the_99th_percentile() {
    Latencies latencies = new Latencies();
    for (int i = 0; i < 50; i++) {
      latencies.add(i == 7 ? 5_000 * MILLISECOND : MILLISECOND);
    }

    assertThat(latencies.percentileMs(0.98)).isEqualTo(1);
    assertThat(latencies.percentileMs(0.99)).isEqualTo(5_000);
  }

  @Test
  void more_than_there_was_room_for_at_first_are_all_kept() {
    Latencies latencies = new Latencies();
    for (int i = 1; i <= 10_000; i++) {
      latencies.add(i * MILLISECOND);
    }

    assertThat(latencies.count()).isEqualTo(10_000);
    assertThat(latencies.percentileMs(0.99)).isEqualTo(9_900);
  }

  @Test
  void nothing_measured_has_no_percentile() {
    assertThat(new Latencies().percentileMs(0.99)).isNaN();
    assertThatThrownBy(() -> new Latencies().percentileMs(99))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
