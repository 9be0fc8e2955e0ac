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
import java.util.stream.Stream;

/** The platform that all tests of a run share: started at the first use, it ends with this JVM. */
public final class SharedPlatform {

  private static final LocalPlatform PLATFORM = start();
  private static final DocumentCheck DOCUMENT = new DocumentCheck(PLATFORM.address().gatewayUrl());
  private static final World WORLD = World.at(PLATFORM.address()).heardBy(DOCUMENT);

  private SharedPlatform() {}

  /** The one of this run. */
  public static LocalPlatform get() {
    return PLATFORM;
  }

  /** Its people, and everything that was acknowledged in this run. */
  public static World world() {
    return WORLD;
  }

  /** Whether what was asked and answered in this run is as the OpenAPI document says. */
  public static DocumentCheck document() {
    return DOCUMENT;
  }

  private static LocalPlatform start() {
    Path home = Path.of("target", "platform").toAbsolutePath();
    deleteEverythingIn(home);
    LocalPlatform platform = LocalPlatform.start(LocalOptions.forTests(home));
    Runtime.getRuntime().addShutdownHook(new Thread(platform::close));
    return platform;
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
