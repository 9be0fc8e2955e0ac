package io.cpdevents.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * What a service's JVM remembers of an earlier start: its classes, loaded and linked (JEP 483). It
 * lies beside the jars it was made of; a JVM that finds that it does not fit starts without it.
 *
 * @param service the jars
 */
record StartCache(ServiceJar service) {

  private static final String QUIET = "-Xlog:aot=error,cds=error";

  /** For the service's JVM. */
  List<String> flags(StartCaches use) {
    return switch (use) {
      case USED -> Files.exists(cache()) ? List.of("-XX:AOTCache=" + cache(), QUIET) : List.of();
      case IGNORED -> List.of();
      case RECORDED -> List.of("-XX:AOTMode=record", "-XX:AOTConfiguration=" + recorded());
    };
  }

  /**
   * Makes the cache of what was recorded.
   *
   * @param java the JVM with the flags that the service has
   * @return its size in bytes
   * @throws LocalFailure when nothing was recorded, or the JVM refuses
   */
  long make(List<String> java) {
    if (!Files.exists(recorded())) {
      throw new LocalFailure("nothing was recorded in " + service.directory());
    }
    Path unfinished = service.directory().resolve("unfinished.aot");
    List<String> command = new ArrayList<>(java);
    command.addAll(
        List.of(
            "-XX:AOTMode=create",
            "-XX:AOTConfiguration=" + recorded(),
            "-XX:AOTCache=" + unfinished,
            QUIET,
            "-cp",
            service.classPathText()));
    try {
      Process making =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(service.directory().resolve("start.log").toFile())
              .start();
      if (making.waitFor() != 0 || !Files.exists(unfinished)) {
        throw new LocalFailure(
            "no cache could be made, see " + service.directory().resolve("start.log"));
      }
      Files.move(unfinished, cache(), StandardCopyOption.REPLACE_EXISTING);
      Files.deleteIfExists(recorded());
      return Files.size(cache());
    } catch (IOException e) {
      throw new UncheckedIOException("could not make " + cache(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalFailure("interrupted while making " + cache());
    }
  }

  private Path cache() {
    return service.directory().resolve("start.aot");
  }

  private Path recorded() {
    return service.directory().resolve("start.aotconf");
  }
}
