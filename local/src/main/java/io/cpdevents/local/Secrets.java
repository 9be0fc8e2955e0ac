package io.cpdevents.local;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Properties;

/** Random secrets of one platform, made at the first start and kept beside its data. */
final class Secrets {

  private static final int BYTES = 32;

  private final Path file;
  private final Properties values = new Properties();

  Secrets(Path home) {
    this.file = home.resolve("secrets.properties");
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file)) {
        values.load(reader);
      } catch (IOException e) {
        throw new UncheckedIOException("could not read " + file, e);
      }
    }
  }

  /** The secret of this name: 64 hexadecimal digits. */
  synchronized String of(String name) {
    String known = values.getProperty(name);
    if (known != null) {
      return known;
    }
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    String fresh = HexFormat.of().formatHex(bytes);
    values.setProperty(name, fresh);
    save();
    return fresh;
  }

  private void save() {
    try {
      if (!Files.exists(file)) {
        Files.createDirectories(file.getParent());
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      try (Writer writer = Files.newBufferedWriter(file)) {
        values.store(writer, "Secrets of this machine's platform. ./cpd reset removes them.");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not write " + file, e);
    }
  }
}
