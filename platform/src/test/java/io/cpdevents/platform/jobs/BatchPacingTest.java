package io.cpdevents.platform.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BatchPacingTest {

  private final BatchPacing pacing = new BatchPacing(Duration.ofMillis(15), Duration.ofMillis(100));

  @Test
  void a_rest_is_three_times_the_round_within_limits() {
    assertThat(pacing.restAfter(Duration.ofMillis(1))).isEqualTo(Duration.ofMillis(15));
    assertThat(pacing.restAfter(Duration.ofMillis(12))).isEqualTo(Duration.ofMillis(36));
    assertThat(pacing.restAfter(Duration.ofSeconds(3))).isEqualTo(Duration.ofMillis(100));
  }
}
