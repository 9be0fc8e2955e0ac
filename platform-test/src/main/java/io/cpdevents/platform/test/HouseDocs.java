package io.cpdevents.platform.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Generated documents that a test holds equal to the code. */
public final class HouseDocs {

  private static final String WRITE = "cpd.docs.write";

  private HouseDocs() {}

  /**
   * The file {@code docs/state-machines/<name>.md} must contain this diagram; with {@code
   * -Dcpd.docs.write=true} it is written instead.
   *
   * @param mermaid the diagram, without a code fence
   */
  public static void assertDiagram(String name, String mermaid) {
    Path file = repositoryRoot().resolve("docs/state-machines").resolve(name + ".md");
    String diagram = mermaid.strip();
    if (Boolean.getBoolean(WRITE)) {
      write(
          file,
          """
          # State machine: %s

          Generated from the transition table in the code; a test holds them equal.

          ```mermaid
          %s
          ```
          """
              .formatted(name, diagram));
    }
    if (!read(file).contains(diagram)) {
      throw new AssertionError(
          "%s does not contain the diagram of the transition table; write it with -D%s=true"
              .formatted(repositoryRoot().relativize(file), WRITE));
    }
  }

  /**
   * A file below the repository's root must have this text; with {@code -Dcpd.docs.write=true} it
   * is written instead.
   */
  public static void assertFile(String path, String text) {
    Path file = repositoryRoot().resolve(path);
    if (Boolean.getBoolean(WRITE)) {
      write(file, text);
    }
    if (!read(file).equals(text)) {
      throw new AssertionError(
          "%s is not what the code says; write it with -D%s=true".formatted(path, WRITE));
    }
  }

  /** The directory that holds the Maven wrapper. */
  public static Path repositoryRoot() {
    for (@Nullable Path directory = Path.of("").toAbsolutePath();
        directory != null;
        directory = directory.getParent()) {
      if (Files.exists(directory.resolve("mvnw"))) {
        return directory;
      }
    }
    throw new IllegalStateException("not inside the repository: " + Path.of("").toAbsolutePath());
  }

  private static String read(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
