package io.cpdevents.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest {

  @TempDir private Path home;

  @Test
  void a_process_that_was_left_behind_is_ended() throws IOException {
    Process left = new ProcessBuilder("sleep", "600").start();
    PidFile file = file();
    file.write(left.pid());
    assertThat(file.process()).isPresent();
    assertThat(file.endProcess()).isTrue();
    assertThat(left.isAlive()).isFalse();
    assertThat(file.endProcess()).isFalse();
  }

  @Test
  void another_process_with_the_same_number_is_left_alone() throws IOException {
    Process other = new ProcessBuilder("sleep", "600").start();
    try {
      PidFile file = file();
      Files.createDirectories(file.file().getParent());
      Files.writeString(file.file(), other.pid() + " 2001-01-01T00:00:00Z");
      assertThat(file.endProcess()).isFalse();
      assertThat(other.isAlive()).isTrue();
    } finally {
      other.destroyForcibly();
    }
  }

  private PidFile file() {
    return PidFile.of(LocalOptions.forTests(home), Component.BILLING);
  }
}
