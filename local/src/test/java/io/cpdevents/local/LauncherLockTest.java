package io.cpdevents.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherLockTest {

  @TempDir private Path home;

  @Test
  void a_second_launcher_is_told_about_the_first_and_what_to_do() {
    LocalOptions options = LocalOptions.forTests(home);
    try (LauncherLock lock = LauncherLock.take(options)) {
      assertThat(lock).isNotNull();
      assertThatThrownBy(() -> LauncherLock.take(options))
          .isInstanceOf(LocalFailure.class)
          .hasMessageContaining("runs already")
          .hasMessageContaining("./cpd down");
      assertThat(LauncherLock.holder(options)).isPresent();
    }
    assertThat(LauncherLock.holder(options)).isEmpty();
    LauncherLock.take(options).close();
  }

  @Test
  void the_note_of_a_killed_launcher_does_not_count() throws IOException {
    LocalOptions options = LocalOptions.forTests(home);
    Files.createDirectories(options.run());
    Files.writeString(options.run().resolve("launcher.properties"), "pid=1\nportBase=8080\n");
    assertThat(LauncherLock.holder(options)).isEmpty();
  }
}
