package io.cpdevents.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BenchmarkOptionsTest {

  @Test
  void without_options_the_method_is_that_of_comparable_figures() {
    BenchmarkOptions options = BenchmarkOptions.of(new String[0]);

    assertThat(options.training()).isZero();
    assertThat(options.warmUp()).isEqualTo(Duration.ofSeconds(60));
    assertThat(options.measured()).isEqualTo(Duration.ofSeconds(60));
    assertThat(options.runs()).isEqualTo(3);
    assertThat(options.scenarios()).containsExactlyElementsOf(BenchmarkOptions.SCENARIOS);
  }

  @Test
  void it_can_be_shortened() {
    BenchmarkOptions options =
        BenchmarkOptions.of(
            new String[] {
              "--train", "90", "--seconds", "5", "--runs", "1", "--scenarios", "paid,outbox"
            });

    assertThat(options.training()).isEqualTo(Duration.ofSeconds(90));
    assertThat(options.measured()).isEqualTo(Duration.ofSeconds(5));
    assertThat(options.scenarios()).containsExactly("paid", "outbox");
  }

  @Test
  void what_is_not_understood_is_refused() {
    assertThatThrownBy(() -> BenchmarkOptions.of(new String[] {"--scenarios", "fast"}))
        .hasMessageContaining("fast");
    assertThatThrownBy(() -> BenchmarkOptions.of(new String[] {"--seconds"}))
        .hasMessageContaining("--seconds");
    assertThatThrownBy(() -> BenchmarkOptions.of(new String[] {"--seconds", "0"}))
        .hasMessageContaining("0");
    assertThatThrownBy(() -> BenchmarkOptions.of(new String[] {"--fast", "1"}))
        .hasMessageContaining("--fast");
  }
}
