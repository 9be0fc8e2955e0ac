package io.cpdevents.billing.disputes;

import java.util.Arrays;
import java.util.Optional;

/** A kind of file that banks take, recognised by its first bytes. */
enum EvidenceFileType {
  PDF("pdf", new byte[] {'%', 'P', 'D', 'F', '-'}),
  JPEG("jpg", new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff}),
  PNG("png", new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});

  private final String ending;
  private final byte[] begin;

  EvidenceFileType(String ending, byte[] begin) {
    this.ending = ending;
    this.begin = begin;
  }

  /** The type of this content, whatever its name says; empty when it is none of these. */
  static Optional<EvidenceFileType> of(byte[] content) {
    return Arrays.stream(values())
        .filter(type ->
            content.length > type.begin.length
                && Arrays.mismatch(content, type.begin) == type.begin.length)
        .findFirst();
  }

  /** What the name of such a file ends with, without the point. */
  String ending() {
    return ending;
  }
}
