package io.cpdevents.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WaitTest {

  private static final Wait LONG =
      Wait.atMost(Duration.ofMinutes(1)).lookingEvery(Duration.ofMillis(1));
  private static final Wait NO_TIME = Wait.atMost(Duration.ZERO);

  private final AtomicInteger looks = new AtomicInteger();

  @Test
  void it_looks_until_there_is_something() {
    String found =
        LONG.untilThere(
            "the third look",
            () -> looks.incrementAndGet() < 3 ? Optional.empty() : Optional.of("there"));

    assertThat(found).isEqualTo("there");
    assertThat(looks).hasValue(3);
  }

  @Test
  void what_is_so_at_once_needs_no_time() {
    assertThat(NO_TIME.isSo(() -> true)).isTrue();
  }

  @Test
  void what_does_not_come_true_in_time_is_told() {
    assertThat(NO_TIME.isSo(() -> looks.incrementAndGet() < 0)).isFalse();
    assertThat(looks).hasValue(1);
    assertThatThrownBy(() -> NO_TIME.until("the cows come home", () -> false))
        .isInstanceOf(NotAsExpected.class)
        .hasMessage("waited 0.0 s in vain: the cows come home");
  }

  @Test
  void whoever_is_interrupted_waits_no_longer() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> LONG.until("something", () -> false))
        .isInstanceOf(IllegalStateException.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}
