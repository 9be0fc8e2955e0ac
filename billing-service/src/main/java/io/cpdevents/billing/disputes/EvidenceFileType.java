package io.cpdevents.billing.disputes;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** A kind of file that banks take, recognised by its first bytes. */
enum EvidenceFileType {
  PDF("pdf", "%PDF-"),
  JPEG("jpg", "\u00ff\u00d8\u00ff"),
  PNG("png", "\u0089PNG\r\n\u001a\n");

  private final String extension;
  private final String signature;

  EvidenceFileType(String extension, String signature) {
    this.extension = extension;
    this.signature = signature;
  }

  /** The type of this content, whatever its name says; empty when it is none of these. */
  static Optional<EvidenceFileType> of(byte[] content) {
    return Arrays.stream(values()).filter(type -> type.matches(content)).findFirst();
  }

  /** The extension of such a file's name, without the dot. */
  String extension() {
    return extension;
  }

  private boolean matches(byte[] content) {
    int length = Math.min(content.length, signature.length());
    return new String(content, 0, length, StandardCharsets.ISO_8859_1).equals(signature);
  }
}
