package io.cpdevents.benchmarks.figures;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TargetTest {

  @Test
  void more_of_a_rate_is_better_and_a_slower_machine_does_less() {
    Target target = new Target(60, 200, Target.Kind.RATE);
    assertThat(target.verdict(59)).isEqualTo("missed");
    assertThat(target.verdict(60)).isEqualTo("floor");
    assertThat(target.verdict(200)).isEqualTo("goal");
    assertThat(target.onMachine(4)).isEqualTo(new Target(15, 50, Target.Kind.RATE));
  }

  @Test
  void less_time_is_better_and_a_slower_machine_takes_longer() {
    Target target = new Target(50, 10, Target.Kind.TIME);
    assertThat(target.verdict(51)).isEqualTo("missed");
    assertThat(target.verdict(50)).isEqualTo("floor");
    assertThat(target.verdict(10)).isEqualTo("goal");
    assertThat(target.onMachine(2)).isEqualTo(new Target(100, 20, Target.Kind.TIME));
  }

  @Test
  void memory_is_the_same_on_every_machine() {
    assertThat(Target.JVM_MEGABYTES.onMachine(3)).isEqualTo(Target.JVM_MEGABYTES);
  }
}
