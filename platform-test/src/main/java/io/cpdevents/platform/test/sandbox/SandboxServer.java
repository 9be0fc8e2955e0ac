package io.cpdevents.platform.test.sandbox;

import io.cpdevents.platform.test.HouseDocs;
import io.cpdevents.platform.test.Infrastructure;
import io.cpdevents.platform.test.TestDatabase;
import io.cpdevents.platform.test.servers.FreePort;
import io.cpdevents.platform.test.servers.SupervisedProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * The stripe-sandbox as a child process with a database of its own. It is started once for a JVM,
 * while the context of the service starts.
 */
final class SandboxServer {

  private static final String MODULE = "stripe-sandbox";
  private static final Duration MAX_START_TIME = Duration.ofSeconds(60);
  private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(50);
  private static final int OK = 200;

  /** It lives for minutes, too short for the second compiler to pay. */
  private static final List<String> JVM_FLAGS =
      List.of(
          "-Xmx192m",
          "-Xss512k",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:MetaspaceSize=128m",
          "-XX:+ExitOnOutOfMemoryError",
          "-Duser.timezone=UTC");

  /** What banks and Stripe do later is done a moment later, as there, but only a moment. */
  private static final Map<String, String> DELAYS =
      Map.of(
          "SANDBOX_CAPTURE_DELAY_MS", "50",
          "SANDBOX_REFUND_FAILURE_DELAY_MS", "200",
          "SANDBOX_REFUND_REFERENCE_DELAY_MS", "200",
          "SANDBOX_PROCESSING_DELAY_MS", "200",
          "SANDBOX_DISPUTE_DELAY_MS", "200",
          "SANDBOX_VERIFICATION_DELAY_MS", "200");

  private final String url;
  private final CompletableFuture<SupervisedProcess> started;

  private SandboxServer(int port, TestDatabase database) {
    this.url = "http://127.0.0.1:" + port;
    this.started = CompletableFuture.supplyAsync(() -> start(port, database));
    Runtime.getRuntime().addShutdownHook(new Thread(this::kill, "stop-stripe-sandbox"));
  }

  /** The one of this JVM; its start goes on when this returns. */
  static SandboxServer shared() {
    return Shared.INSTANCE;
  }

  /** Begins to start it at the first use. */
  private static final class Shared {
    private static final SandboxServer INSTANCE =
        new SandboxServer(FreePort.any(), Infrastructure.shared().createDatabase());
  }

  /** Its address, also before it answers. */
  String url() {
    return url;
  }

  /** Waits until it answers. */
  void awaitReady() {
    started.join();
  }

  private SupervisedProcess start(int port, TestDatabase database) {
    Path directory = Path.of("target");
    Path log = directory.resolve(MODULE + ".log");
    SupervisedProcess process =
        SupervisedProcess.start(
            command(),
            environment(port, database),
            directory,
            log,
            SupervisedProcess.StopSignal.TERM);
    awaitAnswer(process, log);
    return process;
  }

  private static List<String> command() {
    return Stream.of(
            Stream.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()),
            JVM_FLAGS.stream(),
            Stream.of("-jar", jar().toString()))
        .flatMap(words -> words)
        .toList();
  }

  private static Map<String, String> environment(int port, TestDatabase database) {
    Map<String, String> variables = new HashMap<>(DELAYS);
    variables.put("SERVER_PORT", Integer.toString(port));
    variables.put("SERVER_ADDRESS", "127.0.0.1");
    variables.put("SPRING_DATASOURCE_URL", database.url());
    variables.put("SPRING_DATASOURCE_USERNAME", database.runtimeRole());
    variables.put("SPRING_DATASOURCE_PASSWORD", database.runtimePassword());
    variables.put("SPRING_FLYWAY_USER", database.owner());
    variables.put("SPRING_FLYWAY_PASSWORD", database.ownerPassword());
    variables.put("SANDBOX_PUBLIC_URL", "http://127.0.0.1:" + port);
    return variables;
  }

  /** The executable jar that Maven has built before. */
  private static Path jar() {
    Path target = HouseDocs.repositoryRoot().resolve(MODULE).resolve("target");
    try (Stream<Path> files = Files.exists(target) ? Files.list(target) : Stream.empty()) {
      return files
          .filter(file ->
              file.getFileName().toString().matches(MODULE + "-[0-9][^-]*(-SNAPSHOT)?\\.jar"))
          .findFirst()
          .orElseThrow(() ->
              new IllegalStateException(
                  "the sandbox's jar is not built: ./mvnw -DskipTests package -pl " + MODULE));
    } catch (IOException e) {
      throw new UncheckedIOException("could not read " + target, e);
    }
  }

  private void awaitAnswer(SupervisedProcess process, Path log) {
    long deadline = System.nanoTime() + MAX_START_TIME.toNanos();
    try (HttpClient http = HttpClient.newHttpClient()) {
      while (!answers(http)) {
        if (process.waitFor(BETWEEN_ATTEMPTS)) {
          throw new IllegalStateException(
              "the sandbox ended with code %d, see %s".formatted(process.exitCode(), log));
        }
        if (System.nanoTime() > deadline) {
          process.signal("KILL");
          throw new IllegalStateException("the sandbox did not answer in time, see " + log);
        }
      }
    }
  }

  private boolean answers(HttpClient http) {
    HttpRequest health =
        HttpRequest.newBuilder(URI.create(url + "/actuator/health"))
            .timeout(MAX_START_TIME)
            .build();
    try {
      return http.send(health, HttpResponse.BodyHandlers.discarding()).statusCode() == OK;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Its data are thrown away: there is nothing to end in order. */
  private void kill() {
    if (started.isDone() && !started.isCompletedExceptionally()) {
      started.join().signal("KILL");
    }
  }
}
