package io.cpdevents.platform.test.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cpdevents.platform.test.servers.SupervisedProcess.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisedProcessTest {

  private static final Duration SOON = Duration.ofSeconds(10);

  @TempDir private Path directory;

  @Test
  void a_child_gets_its_environment_and_its_output_is_logged() throws IOException {
    try (SupervisedProcess child =
        start(List.of("sh", "-c", "echo hello $NAME"), Map.of("NAME", "Ann"))) {
      assertThat(child.waitFor(SOON)).isTrue();
      assertThat(child.exitCode()).isZero();
      assertThat(Files.readString(log())).isEqualTo("hello Ann\n");
    }
  }

  @Test
  void closing_asks_the_child_to_end_and_waits() {
    SupervisedProcess child =
        start(List.of("sh", "-c", "trap 'echo bye; exit 0' TERM; while :; do sleep 0.1; done"));
    await().atMost(SOON).until(child::isAlive);
    child.close();
    assertThat(child.isAlive()).isFalse();
  }

  @Test
  void a_killed_child_is_seen_to_have_ended_by_the_signal() {
    try (SupervisedProcess child = start(List.of("sleep", "600"))) {
      child.signal("KILL");
      assertThat(child.waitFor(SOON)).isTrue();
      assertThat(child.exitCode()).isEqualTo(128 + 9);
    }
  }

  @Test
  void a_suspended_child_is_alive_and_can_still_be_closed() {
    SupervisedProcess child = start(List.of("sleep", "600"));
    child.signal("STOP");
    assertThat(child.isAlive()).isTrue();
    child.close();
    assertThat(child.isAlive()).isFalse();
    assertThat(ProcessHandle.of(child.pid())).isEmpty();
  }

  @Test
  void a_child_ends_when_its_launcher_is_killed() throws Exception {
    Path pid = directory.resolve("pid");
    Process launcher =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Launcher.class.getName(),
                log().toString(),
                pid.toString())
            .inheritIO()
            .start();
    await().atMost(SOON).until(() -> Files.exists(pid) && !Files.readString(pid).isEmpty());
    ProcessHandle child = ProcessHandle.of(Long.parseLong(Files.readString(pid))).orElseThrow();
    launcher.destroyForcibly().waitFor();
    await().atMost(SOON).until(() -> !child.isAlive());
  }

  /** A launcher that would wait for its child for a long time. */
  static final class Launcher {

    private Launcher() {}

    public static void main(String[] arguments) throws IOException {
      SupervisedProcess child =
          SupervisedProcess.start(
              List.of("sleep", "600"),
              Map.of(),
              Path.of("."),
              Path.of(arguments[0]),
              StopSignal.TERM);
      Files.writeString(Path.of(arguments[1]), Long.toString(child.pid()));
      child.waitFor(Duration.ofMinutes(5));
    }
  }

  private SupervisedProcess start(List<String> command) {
    return start(command, Map.of());
  }

  private SupervisedProcess start(List<String> command, Map<String, String> environment) {
    return SupervisedProcess.start(command, environment, directory, log(), StopSignal.TERM);
  }

  private Path log() {
    return directory.resolve("log");
  }
}
