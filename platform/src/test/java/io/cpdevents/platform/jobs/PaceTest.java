package io.cpdevents.platform.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

  private final Pace pace = new Pace(Duration.ofMillis(15), Duration.ofMillis(100));

  @Test
  void a_rest_is_three_times_the_round_within_limits() {
    assertThat(pace.restAfter(Duration.ofMillis(1))).isEqualTo(Duration.ofMillis(15));
    assertThat(pace.restAfter(Duration.ofMillis(12))).isEqualTo(Duration.ofMillis(36));
    assertThat(pace.restAfter(Duration.ofSeconds(3))).isEqualTo(Duration.ofMillis(100));
  }
}
