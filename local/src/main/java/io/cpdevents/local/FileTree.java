package io.cpdevents.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Deletes files. */
public final class FileTree {

  private FileTree() {}

  /**
   * Deletes a file, or a directory with all that is in it, if it is there.
   *
   * @throws LocalFailure when something of it cannot be deleted
   */
  public static void delete(Path path) {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> all = Files.walk(path)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    } catch (IOException e) {
      throw new LocalFailure("could not delete " + path + ": " + e);
    }
  }
}
