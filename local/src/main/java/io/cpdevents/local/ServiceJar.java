package io.cpdevents.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A service's executable jar, laid out as plain jars: it starts faster than nested jars, and a
 * build that replaces the jar does not pull it from under a running service. Production images lay
 * it out the same way. Every version of a jar has its own directory; the newest two are kept.
 *
 * @param mainClass the application
 * @param directory where this version is laid out
 * @param classPath jars in the order of the executable jar
 */
record ServiceJar(String mainClass, Path directory, List<Path> classPath) {

  private static final int MAX_KEPT_VERSIONS = 2;

  private static final String CLASSES = "BOOT-INF/classes/";
  private static final String LIBRARIES = "BOOT-INF/lib/";

  /**
   * The service's jar that production runs as well, laid out.
   *
   * @throws LocalFailure when it is not built
   */
  static ServiceJar of(Component component, LocalOptions options) {
    String module = component.module().orElseThrow();
    Path target = options.repositoryRoot().resolve(module).resolve("target");
    try (Stream<Path> files = Files.exists(target) ? Files.list(target) : Stream.empty()) {
      Path jar =
          files
              .filter(file ->
                  file.getFileName()
                      .toString()
                      .matches(module + "-[0-9].*(?<!-sources|-javadoc|-tests)\\.jar"))
              .findFirst()
              .orElseThrow(() ->
                  new LocalFailure(
                      "its jar is not built: ./mvnw -DskipTests package -pl " + module + " -am"));
      return laidOut(jar, options.layouts().resolve(component.wireName()));
    } catch (IOException e) {
      throw new UncheckedIOException("could not read " + target, e);
    }
  }

  /** Lays the jar out below this directory, unless this very jar was laid out there before. */
  static ServiceJar laidOut(Path jar, Path directory) {
    try (JarFile file = new JarFile(jar.toFile())) {
      String mainClass =
          file.getManifest().getMainAttributes().getValue(new Attributes.Name("Start-Class"));
      if (mainClass == null) {
        throw new LocalFailure(jar + " is not an executable jar: build it again");
      }
      Path version =
          directory.resolve(Files.getLastModifiedTime(jar).toMillis() + "-" + Files.size(jar));
      if (!Files.exists(version)) {
        Files.createDirectories(directory);
        Path unfinished = Files.createTempDirectory(directory, "unfinished");
        layOut(file, unfinished);
        try {
          Files.move(unfinished, version, StandardCopyOption.ATOMIC_MOVE);
        } catch (DirectoryNotEmptyException | FileAlreadyExistsException e) {
          // Another platform did the same meanwhile.
          FileTree.delete(unfinished);
        }
        deleteOldVersions(directory);
      }
      List<Path> classPath = new ArrayList<>(List.of(version.resolve("application.jar")));
      libraries(file).forEach(name -> classPath.add(version.resolve(name)));
      return new ServiceJar(mainClass, version, List.copyOf(classPath));
    } catch (IOException e) {
      throw new UncheckedIOException("could not lay out " + jar, e);
    }
  }

  /** For {@code java -cp}. */
  String classPathText() {
    return classPath.stream().map(Path::toString).collect(Collectors.joining(":"));
  }

  private static void layOut(JarFile file, Path directory) throws IOException {
    for (String name : libraries(file)) {
      try (InputStream library = file.getInputStream(file.getEntry(LIBRARIES + name))) {
        Files.copy(library, directory.resolve(name));
      }
    }
    try (OutputStream out = Files.newOutputStream(directory.resolve("application.jar"));
        JarOutputStream application = new JarOutputStream(out)) {
      for (JarEntry entry : entriesBelow(file, CLASSES)) {
        application.putNextEntry(new JarEntry(entry.getName().substring(CLASSES.length())));
        try (InputStream content = file.getInputStream(entry)) {
          content.transferTo(application);
        }
        application.closeEntry();
      }
    }
  }

  private static List<String> libraries(JarFile file) {
    return entriesBelow(file, LIBRARIES).stream()
        .filter(entry -> !entry.isDirectory())
        .map(entry -> entry.getName().substring(LIBRARIES.length()))
        .toList();
  }

  private static List<JarEntry> entriesBelow(JarFile file, String folder) {
    List<JarEntry> below = new ArrayList<>();
    for (Enumeration<JarEntry> all = file.entries(); all.hasMoreElements(); ) {
      JarEntry entry = all.nextElement();
      if (entry.getName().startsWith(folder) && entry.getName().length() > folder.length()) {
        below.add(entry);
      }
    }
    return below;
  }

  private static void deleteOldVersions(Path directory) throws IOException {
    List<Path> versions;
    try (Stream<Path> all = Files.list(directory)) {
      versions =
          all.filter(path -> !path.getFileName().toString().startsWith("unfinished"))
              .sorted(Comparator.comparing(path -> path.getFileName().toString()))
              .toList();
    }
    for (Path old : versions.subList(0, Math.max(0, versions.size() - MAX_KEPT_VERSIONS))) {
      FileTree.delete(old);
    }
  }
}
