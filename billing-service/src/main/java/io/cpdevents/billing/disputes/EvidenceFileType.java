package io.cpdevents.billing.disputes;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** A kind of file that banks take, recognised by its first bytes. */
enum EvidenceFileType {
  PDF("pdf", "%PDF-"),
  JPEG("jpg", "\u00ff\u00d8\u00ff"),
  PNG("png", "\u0089PNG\r\n\u001a\n");

  private final String ending;
  private final String begin;

  EvidenceFileType(String ending, String begin) {
    this.ending = ending;
    this.begin = begin;
  }

  /** The type of this content, whatever its name says; empty when it is none of these. */
  static Optional<EvidenceFileType> of(byte[] content) {
    return Arrays.stream(values()).filter(type -> type.begins(content)).findFirst();
  }

  /** What the name of such a file ends with, without the point. */
  String ending() {
    return ending;
  }

  private boolean begins(byte[] content) {
    int length = Math.min(content.length, begin.length());
    return new String(content, 0, length, StandardCharsets.ISO_8859_1).equals(begin);
  }
}
