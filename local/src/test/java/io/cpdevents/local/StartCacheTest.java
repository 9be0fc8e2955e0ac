package io.cpdevents.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartCacheTest {

  private static final String HELLO = Hello.class.getName();
  private static final List<String> JAVA =
      List.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "-XX:+UseSerialGC",
          "-XX:+UseCompactObjectHeaders");

  @TempDir private Path directory;

  /** What a service is to {@code java}: a class with a main method. */
  static final class Hello {
    // A program says something.
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) {
      System.out.print("hello");
    }
  }

  @Test
  void a_service_starts_without_a_cache_until_there_is_one() throws IOException {
    assertThat(cache().flags(StartCaches.USED)).isEmpty();

    Path made = Files.createFile(directory.resolve("start.aot"));

    assertThat(cache().flags(StartCaches.USED)).contains("-XX:AOTCache=" + made);
    assertThat(cache().flags(StartCaches.IGNORED)).isEmpty();
  }

  @Test
  void a_cache_is_made_of_what_a_run_has_recorded() throws Exception {
    StartCache cache = new StartCache(new ServiceJar(HELLO, directory, List.of(jarWithHello())));
    assertThat(run(cache, StartCaches.RECORDED)).startsWith("hello");

    assertThat(cache.make(JAVA)).isPositive();

    assertThat(cache.flags(StartCaches.USED)).isNotEmpty();
    assertThat(run(cache, StartCaches.USED)).isEqualTo("hello");
  }

  @Test
  void nothing_is_made_of_nothing() {
    assertThatThrownBy(() -> cache().make(List.of("java")))
        .isInstanceOf(LocalFailure.class)
        .hasMessageContaining("nothing was recorded");
  }

  /** What the program says. */
  private String run(StartCache cache, StartCaches use) throws IOException {
    List<String> command = new ArrayList<>(JAVA);
    command.addAll(cache.flags(use));
    command.addAll(List.of("-cp", cache.service().classPathText(), HELLO));
    Process program =
        new ProcessBuilder(command).redirectError(directory.resolve("errors.log").toFile()).start();
    return new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private Path jarWithHello() throws IOException {
    Path jar = directory.resolve("hello.jar");
    String entry = HELLO.replace('.', '/') + ".class";
    try (InputStream hello =
            Objects.requireNonNull(getClass().getClassLoader().getResourceAsStream(entry));
        JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry(entry));
      hello.transferTo(out);
    }
    return jar;
  }

  private StartCache cache() {
    return new StartCache(new ServiceJar("io.example.Main", directory, List.of()));
  }
}
