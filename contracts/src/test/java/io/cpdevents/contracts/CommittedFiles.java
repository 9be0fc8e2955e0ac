package io.cpdevents.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Files that are made from the records and committed. A test holds them equal; {@code
 * -Dcpd.contracts.write=true} writes them.
 */
final class CommittedFiles {

  private static final String SWITCH = "cpd.contracts.write";
  private static final String NUMBER_FORMAT = "%03d.json";

  private CommittedFiles() {}

  /** The folder of the module, wherever the build was started. */
  static Path module() {
    Path here = Path.of("").toAbsolutePath();
    return Files.exists(here.resolve("asyncapi.yaml")) || here.endsWith("contracts")
        ? here
        : here.resolve("contracts");
  }

  /** The folder of the whole project. */
  static Path project() {
    Path parent = module().getParent();
    if (parent == null) {
      throw new IllegalStateException("the module has no parent folder");
    }
    return parent;
  }

  static boolean isWriting() {
    return Boolean.getBoolean(SWITCH);
  }

  /** Writes the file when asked to, and holds it equal to the text otherwise. */
  static void holdEqual(Path file, String text) {
    if (isWriting()) {
      write(file, text);
      return;
    }
    assertThat(readIfThere(file))
        .as(
            "%s is not what the records say; run: ./mvnw -pl contracts verify -D%s=true",
            file.getFileName(), SWITCH)
        .isEqualTo(text);
  }

  /**
   * Writes the text as the folder's next number when asked to and the newest file differs, and
   * holds the newest file equal to the text otherwise. Older files stay as they are, for ever.
   */
  static void holdNewestEqual(Path folder, String text) {
    List<Path> files = numbered(folder);
    if (isWriting()) {
      if (files.isEmpty() || !readIfThere(files.getLast()).equals(text)) {
        write(folder.resolve(NUMBER_FORMAT.formatted(files.size() + 1)), text);
      }
      return;
    }
    assertThat(files)
        .as("%s is empty; run: ./mvnw -pl contracts verify -D%s=true", folder, SWITCH)
        .isNotEmpty();
    holdEqual(files.getLast(), text);
  }

  /** The files {@code 001.json}, {@code 002.json} … of a folder, oldest first. */
  static List<Path> numbered(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> sorted = files.sorted().toList();
      for (int i = 0; i < sorted.size(); i++) {
        assertThat(sorted.get(i).getFileName())
            .as("%s: numbers without a gap: a committed file is never removed", folder)
            .hasToString(NUMBER_FORMAT.formatted(i + 1));
      }
      return sorted;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Holds the folder's content equal to these names; leaves it alone when asked to write. */
  static void holdNames(Path folder, List<String> names) {
    if (!isWriting()) {
      assertThat(namesIn(folder))
          .as("what is in %s, for every event type one and nothing else", folder.getFileName())
          .containsExactlyElementsOf(names.stream().sorted().toList());
    }
  }

  /** The names of a folder's entries, sorted. */
  static List<String> namesIn(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The texts of a module's Java sources without tests; none when it is no module. */
  static List<String> mainSources(String module) {
    Path sources = project().resolve(module).resolve("src/main/java");
    if (!Files.isDirectory(sources)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(sources)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(CommittedFiles::readIfThere)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file's text; empty when there is no such file. */
  static String readIfThere(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Path folder = file.getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
