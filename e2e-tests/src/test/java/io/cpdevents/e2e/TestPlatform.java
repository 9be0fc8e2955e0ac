package io.cpdevents.e2e;

import io.cpdevents.driver.World;
import io.cpdevents.driver.document.DocumentCheck;
import io.cpdevents.local.LocalOptions;
import io.cpdevents.local.LocalPlatform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A platform that tests share, on free ports, with its people. It ends with this JVM.
 *
 * @param world everything that was acknowledged there
 */
public record TestPlatform(LocalPlatform platform, World world) {

  /** What banks and Stripe do later is done a moment later, and sweeps are punctual. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "DB_SCHEDULER_POLLING_INTERVAL", "250ms",
          "SANDBOX_REFUND_FAILURE_DELAY_MS", "300",
          "SANDBOX_REFUND_REFERENCE_DELAY_MS", "300",
          "SANDBOX_PROCESSING_DELAY_MS", "300",
          "SANDBOX_DISPUTE_DELAY_MS", "300",
          "SANDBOX_VERIFICATION_DELAY_MS", "300");

  private static @Nullable DocumentCheck document;

  /**
   * Starts one after the other: two that look for free ports at the same time may find the same.
   *
   * @param name of the directory below {@code target} for its data and logs
   */
  public static TestPlatform start(String name) {
    return start(name, Map.of());
  }

  /**
   * The same with further settings.
   *
   * @param settings environment variables of all services
   */
  public static synchronized TestPlatform start(String name, Map<String, String> settings) {
    Path home = Path.of("target", name).toAbsolutePath();
    deleteEverythingIn(home);
    LocalOptions options = LocalOptions.forTests(home);
    for (Map.Entry<String, String> setting : SETTINGS.entrySet()) {
      options = options.with(setting.getKey(), setting.getValue());
    }
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      options = options.with(setting.getKey(), setting.getValue());
    }
    LocalPlatform platform = LocalPlatform.start(options);
    Runtime.getRuntime().addShutdownHook(new Thread(platform::close));
    if (document == null) {
      document = new DocumentCheck(platform.address().gatewayUrl());
    }
    return new TestPlatform(platform, World.at(platform.address()).heardBy(document));
  }

  /** Whether what was asked and answered in this run is as the OpenAPI document says. */
  static synchronized DocumentCheck document() {
    return Objects.requireNonNull(document, "no platform was started");
  }

  /** What the run before this one left for people to look at. */
  private static void deleteEverythingIn(Path directory) {
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      } catch (IOException e) {
        throw new UncheckedIOException("could not delete " + directory, e);
      }
    }
  }
}
