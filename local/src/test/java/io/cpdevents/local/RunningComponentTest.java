package io.cpdevents.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningComponentTest {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String RUNS_UNTIL_IT_IS_ENDED = "exec sleep 300";

  @TempDir private Path home;

  private final AtomicInteger completed = new AtomicInteger();
  private RunningComponent component;

  @BeforeEach
  void prepare() {
    component = component(() -> shell(RUNS_UNTIL_IT_IS_ENDED));
  }

  @AfterEach
  void stop() {
    component.stop();
  }

  @Test
  void it_is_up_once_it_answers_and_what_is_left_to_do_is_done() {
    component.start();

    assertThat(component.awaitUp(SOON)).isTrue();

    assertThat(component.status().state()).isEqualTo(ComponentState.UP);
    assertThat(component.status().answers()).isTrue();
    assertThat(completed).hasValue(1);
    assertThatThrownBy(component::start)
        .isInstanceOf(LocalFailure.class)
        .hasMessageContaining("runs already");
  }

  @Test
  void one_that_ends_while_it_starts_shows_the_end_of_its_log() {
    component = component(() -> shell("echo 'no place on the disk'; exit 3"), () -> false);
    component.start();

    assertThat(component.awaitUp(SOON)).isFalse();

    assertThat(component.status().state()).isEqualTo(ComponentState.DIED);
    assertThat(component.status().problem())
        .contains("ended with code 3 while starting", "no place on the disk");
  }

  @Test
  void one_that_was_killed_is_dead_until_it_is_started_again() {
    component.start();
    component.awaitUp(SOON);

    component.kill();

    assertThat(component.status().state()).isEqualTo(ComponentState.DIED);
    assertThat(component.status().answers()).isFalse();
    assertThat(component.status().pid()).isNull();
    component.start();
    assertThat(component.awaitUp(SOON)).isTrue();
    assertThat(completed).hasValue(2);
  }

  @Test
  void one_that_was_stopped_leaves_no_note_of_its_process() {
    component.start();
    component.awaitUp(SOON);

    component.stop();

    assertThat(component.status().state()).isEqualTo(ComponentState.STOPPED);
    assertThat(home.resolve("run/billing.pid")).doesNotExist();
  }

  @Test
  void one_that_was_stopped_here_counts_as_healthy_when_it_answers_from_an_ide() {
    AtomicBoolean answers = new AtomicBoolean(true);
    component = component(() -> shell(RUNS_UNTIL_IT_IS_ENDED), answers::get);
    component.start();
    component.awaitUp(SOON);
    component.stop();

    assertThat(component.status().answers()).isTrue();

    answers.set(false);
    assertThat(component.status().answers()).isFalse();
    assertThat(component.status().state()).isEqualTo(ComponentState.STOPPED);
  }

  @Test
  void one_that_cannot_be_launched_says_what_is_missing() {
    component =
        component(() -> {
          throw new LocalFailure("its jar is not built");
        });
    component.start();

    assertThat(component.awaitUp(SOON)).isFalse();
    assertThat(component.status().state()).isEqualTo(ComponentState.NOT_BUILT);
    assertThat(component.status().problem()).isEqualTo("its jar is not built");
  }

  @Test
  void the_log_of_the_start_before_is_kept() {
    Path log = home.resolve("logs/billing.log");
    AtomicInteger starts = new AtomicInteger();
    component =
        component(
            () ->
                shell(
                    "echo start %d; ".formatted(starts.incrementAndGet()) + RUNS_UNTIL_IT_IS_ENDED),
            () -> log.toFile().length() > 0);
    component.start();
    component.awaitUp(SOON);
    component.stop();
    component.start();
    component.awaitUp(SOON);

    assertThat(log).hasContent("start 2");
    assertThat(home.resolve("logs/billing.log.1")).hasContent("start 1");
  }

  private RunningComponent component(Supplier<LaunchSpec> launch) {
    return component(launch, () -> true);
  }

  private RunningComponent component(Supplier<LaunchSpec> launch, BooleanSupplier ready) {
    return new RunningComponent(
        Component.BILLING, LocalOptions.forTests(home), launch, ready, completed::incrementAndGet);
  }

  private static LaunchSpec shell(String script) {
    return LaunchSpec.of(List.of("sh", "-c", script));
  }
}
