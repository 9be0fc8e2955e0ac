package io.cpdevents.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the wrapper downloads runs with all that its caller may, so it is what was known before. */
class MavenWrapperTest {

  /** All that the wrapper calls, beside {@code unzip}. */
  private static final List<String> PROGRAMS =
      List.of(
          "sh",
          "bash",
          "dirname",
          "basename",
          "uname",
          "tr",
          "mktemp",
          "rm",
          "mkdir",
          "wget",
          "curl",
          "sha256sum",
          "shasum",
          "tar",
          "gzip",
          "cat",
          "ls",
          "mv",
          "env",
          "readlink");

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({"true, .zip", "false, .tar.gz"})
  void what_is_not_the_known_file_is_not_unpacked(boolean hasUnzip, String kind)
      throws IOException, InterruptedException {
    assumeTrue(Files.exists(Path.of("/usr/bin/env")), "a machine with sh");
    Queue<String> asked = new ConcurrentLinkedQueue<>();
    HttpServer mirror =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    mirror.createContext(
        "/",
        exchange -> {
          try (exchange) {
            asked.add(exchange.getRequestURI().getPath());
            byte[] other = "#!/bin/sh\necho taken over\n".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, other.length);
            exchange.getResponseBody().write(other);
          }
        });
    mirror.start();
    try {
      Process wrapper = wrapper("http://127.0.0.1:" + mirror.getAddress().getPort(), hasUnzip);
      String said = new String(wrapper.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(wrapper.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(wrapper.exitValue()).isNotZero();
      assertThat(said).contains("Failed to validate Maven distribution SHA-256");
      assertThat(asked).singleElement().asString().endsWith("-bin" + kind);
      try (Stream<Path> installed = Files.walk(directory.resolve("home"))) {
        assertThat(installed.filter(Files::isRegularFile)).isEmpty();
      }
    } finally {
      mirror.stop(0);
    }
  }

  @Test
  void both_files_that_the_wrapper_may_take_are_known() throws IOException {
    Properties settings = new Properties();
    settings.load(
        Files.newBufferedReader(
            CommittedFiles.project().resolve(".mvn/wrapper/maven-wrapper.properties")));

    assertThat(settings.getProperty("distributionUrl"))
        .startsWith("https://repo.maven.apache.org/maven2/")
        .endsWith("-bin.zip");
    assertThat(
            List.of(
                Objects.requireNonNull(settings.getProperty("distributionSha256Sum")),
                Objects.requireNonNull(settings.getProperty("distributionTarGzSha256Sum"))))
        .doesNotHaveDuplicates()
        .allMatch(sum -> sum.matches("[0-9a-f]{64}"));
  }

  private Process wrapper(String mirror, boolean hasUnzip) throws IOException {
    Path programs = Files.createDirectories(directory.resolve("bin"));
    for (String name : PROGRAMS) {
      link(programs, name);
    }
    if (hasUnzip) {
      link(programs, "unzip");
      assumeTrue(Files.exists(programs.resolve("unzip")), "a machine with unzip");
    }
    ProcessBuilder wrapper =
        new ProcessBuilder(
                programs.resolve("sh").toString(),
                CommittedFiles.project().resolve("mvnw").toString(),
                "-v")
            .redirectErrorStream(true);
    Map<String, String> environment = wrapper.environment();
    environment.clear();
    environment.put("PATH", programs.toString());
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("HOME", directory.resolve("home").toString());
    environment.put("MAVEN_USER_HOME", directory.resolve("home").toString());
    environment.put("MVNW_REPOURL", mirror);
    return wrapper.start();
  }

  private static void link(Path programs, String name) throws IOException {
    for (String folder : List.of("/usr/bin", "/bin", "/usr/local/bin", "/opt/homebrew/bin")) {
      Path program = Path.of(folder, name);
      if (Files.isExecutable(program)) {
        Files.createSymbolicLink(programs.resolve(name), program);
        return;
      }
    }
  }
}
