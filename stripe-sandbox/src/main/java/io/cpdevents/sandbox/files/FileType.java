package io.cpdevents.sandbox.files;

import io.cpdevents.sandbox.api.StripeRefusal;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/** The file types that are accepted as evidence, recognized by their first bytes. */
enum FileType {
  PDF("25504446"),
  PNG("89504e47"),
  JPG("ffd8ff");

  private static final int MAX_BEGINNING_BYTES = 4;

  private final String beginning;

  FileType(String beginning) {
    this.beginning = beginning;
  }

  static FileType of(byte[] content) {
    String hex =
        HexFormat.of().formatHex(content, 0, Math.min(content.length, MAX_BEGINNING_BYTES));
    return Arrays.stream(values())
        .filter(type -> hex.startsWith(type.beginning))
        .findFirst()
        .orElseThrow(() ->
            StripeRefusal.invalid(
                null, "file", "Unsupported file type: this purpose takes PDF, JPEG and PNG."));
  }

  String extension() {
    return name().toLowerCase(Locale.ROOT);
  }
}
