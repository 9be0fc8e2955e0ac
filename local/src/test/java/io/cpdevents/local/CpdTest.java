package io.cpdevents.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CpdTest {

  @Test
  void durations_are_days_hours_minutes_or_seconds() {
    assertThat(Cpd.duration("15d")).isEqualTo(Duration.ofDays(15));
    assertThat(Cpd.duration("2h")).isEqualTo(Duration.ofHours(2));
    assertThat(Cpd.duration("30m")).isEqualTo(Duration.ofMinutes(30));
    assertThat(Cpd.duration("45s")).isEqualTo(Duration.ofSeconds(45));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "15", "d", "-2h", "1.5h", "2 h", "99999999d", "2w"})
  void anything_else_is_refused_with_examples(String text) {
    assertThatThrownBy(() -> Cpd.duration(text))
        .isInstanceOf(LocalFailure.class)
        .hasMessageContaining("15d");
  }

  @Test
  void an_unknown_component_is_answered_with_the_known_ones() {
    assertThatThrownBy(() -> Component.named("biling"))
        .isInstanceOf(LocalFailure.class)
        .hasMessageContaining("biling")
        .hasMessageContaining("billing");
  }
}
