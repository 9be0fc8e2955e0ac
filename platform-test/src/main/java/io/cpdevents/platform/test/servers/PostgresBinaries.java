package io.cpdevents.platform.test.servers;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.util.ArchUtils;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, unpacked once for a user of this machine. */
final class PostgresBinaries {

  /** The version of the binaries' artifact; another one is unpacked beside it. */
  private static final String VERSION = "18.6.0";

  private static final int OWNER_EXECUTE = 0100;

  private PostgresBinaries() {}

  /** The directory that holds {@code bin/postgres}. */
  static synchronized Path unpacked() {
    Path home =
        Path.of(
            System.getProperty("java.io.tmpdir"),
            "cpd-postgres-" + VERSION + "-" + System.getProperty("user.name"));
    if (Files.isExecutable(home.resolve("bin/postgres"))) {
      return home;
    }
    try {
      Path fresh = Files.createTempDirectory(home.getParent(), "cpd-postgres-unpacking");
      unpackTo(fresh);
      try {
        // Several test JVMs may unpack at once; the first one's directory is kept whole.
        Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        if (!Files.isExecutable(home.resolve("bin/postgres"))) {
          throw e;
        }
        deleteTree(fresh);
      }
      return home;
    } catch (IOException e) {
      throw new UncheckedIOException("could not unpack PostgreSQL to " + home, e);
    }
  }

  private static void unpackTo(Path directory) throws IOException {
    String system =
        System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "Darwin" : "Linux";
    String machine = ArchUtils.normalize(System.getProperty("os.arch"));
    try (InputStream packed = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, machine);
        TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(packed))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        write(entry, tar, directory);
      }
    }
  }

  private static void write(TarArchiveEntry entry, InputStream content, Path directory)
      throws IOException {
    Path target = directory.resolve(entry.getName()).normalize();
    if (!target.startsWith(directory)) {
      throw new IOException("an entry outside the archive: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.getParent());
    if (entry.isSymbolicLink()) {
      try {
        Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
      } catch (FileAlreadyExistsException e) {
        throw new IOException("twice in the archive: " + entry.getName(), e);
      }
      return;
    }
    Files.copy(content, target);
    if ((entry.getMode() & OWNER_EXECUTE) != 0) {
      Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  static void deleteTree(Path directory) {
    if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not delete " + directory, e);
    }
  }
}
