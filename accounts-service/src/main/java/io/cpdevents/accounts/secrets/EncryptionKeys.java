package io.cpdevents.accounts.secrets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The keys under which the keys of what is sealed are encrypted; the first is the present one, the
 * others are of earlier days. They are written {@code <id>:<64 hexadecimal digits>}, by comma or a
 * line each.
 */
final class EncryptionKeys {

  /** One of them. */
  record NamedKey(String id, byte[] bytes) {
    @Override
    public String toString() {
      return id;
    }
  }

  private static final Pattern FORM = Pattern.compile("([A-Za-z0-9._-]{1,40}):([0-9a-fA-F]{64})");

  private EncryptionKeys() {}

  /**
   * The keys of the settings.
   *
   * @param text {@code CPD_ENCRYPTION_KEYS}
   * @param file {@code CPD_ENCRYPTION_KEYS_FILE}, which counts when it is set; blank for none
   */
  static List<NamedKey> of(String text, String file) {
    return parsed(file.isBlank() ? text : contentOf(Path.of(file.strip())));
  }

  private static String contentOf(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("CPD_ENCRYPTION_KEYS_FILE cannot be read: " + file, e);
    }
  }

  private static List<NamedKey> parsed(String text) {
    List<NamedKey> keys = new ArrayList<>();
    for (String one : text.strip().split("[,\\s]+")) {
      if (one.isEmpty()) {
        continue;
      }
      Matcher key = FORM.matcher(one);
      if (!key.matches()) {
        // What was found instead may be a key, so it is not told.
        throw new IllegalArgumentException(
            "CPD_ENCRYPTION_KEYS has the form <id>:<64 hexadecimal digits>, by comma");
      }
      String id = key.group(1);
      if (keys.stream().anyMatch(known -> known.id().equals(id))) {
        throw new IllegalArgumentException("CPD_ENCRYPTION_KEYS has two keys called " + id);
      }
      keys.add(new NamedKey(id, HexFormat.of().parseHex(key.group(2))));
    }
    return List.copyOf(keys);
  }
}
