package io.cpdevents.platform.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackOffTest {

  private final BackOff backOff = new BackOff(Duration.ofSeconds(1), Duration.ofMinutes(1));

  @Test
  void the_wait_doubles_with_each_failure_up_to_the_longest() {
    assertThat(backOff.after(1)).isEqualTo(Duration.ofSeconds(1));
    assertThat(backOff.after(2)).isEqualTo(Duration.ofSeconds(2));
    assertThat(backOff.after(6)).isEqualTo(Duration.ofSeconds(32));
    assertThat(backOff.after(7)).isEqualTo(Duration.ofMinutes(1));
    assertThat(backOff.after(Integer.MAX_VALUE)).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void before_the_first_failure_it_waits_like_after_it() {
    assertThat(backOff.after(0)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void a_wait_of_nothing_is_no_back_off() {
    assertThatThrownBy(() -> new BackOff(Duration.ZERO, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
