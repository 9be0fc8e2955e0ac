package io.cpdevents.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class OpenScheduleTest {

  @Test
  void requests_are_meant_at_an_even_rate() {
    OpenSchedule schedule = new OpenSchedule(250, Duration.ofSeconds(2));

    assertThat(schedule.count()).isEqualTo(500);
    assertThat(schedule.offsetNanos(0)).isZero();
    assertThat(schedule.offsetNanos(1)).isEqualTo(4_000_000);
    assertThat(schedule.offsetNanos(499)).isEqualTo(1_996_000_000);
  }

  @Test
  void a_rate_that_does_not_divide_a_second_does_not_drift() {
    OpenSchedule schedule = new OpenSchedule(333.3, Duration.ofSeconds(60));

    assertThat(schedule.count()).isEqualTo(19_998);
    assertThat(schedule.offsetNanos(schedule.count()))
        .isCloseTo(60_000_000_000L, org.assertj.core.data.Offset.offset(1_000L));
  }

  @Test
  void there_is_always_something_to_send() {
    assertThat(new OpenSchedule(0.1, Duration.ofSeconds(1)).count()).isEqualTo(1);
    assertThatThrownBy(() -> new OpenSchedule(0, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new OpenSchedule(10, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
