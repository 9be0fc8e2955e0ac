package io.cpdevents.platform.web;

import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * A place in a list that is sorted by time and id; the next page begins after it.
 *
 * @param at the time of the last element, with microseconds as PostgreSQL keeps them
 * @param id the id of the last element
 */
public record Cursor(Instant at, UUID id) {

  /** Later than every element of a list, and early enough for PostgreSQL. */
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

  private static final int BYTES = Long.BYTES + Integer.BYTES + 2 * Long.BYTES;

  /** Reads what {@link #encode} wrote; empty for anything else. */
  static Optional<Cursor> decode(String text) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      if (bytes.length != BYTES) {
        return Optional.empty();
      }
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      Instant at = Instant.ofEpochSecond(buffer.getLong(), buffer.getInt());
      if (at.isBefore(Instant.EPOCH) || at.isAfter(LATEST)) {
        return Optional.empty();
      }
      Cursor cursor = new Cursor(at, new UUID(buffer.getLong(), buffer.getLong()));
      return Optional.of(cursor).filter(read -> read.encode().equals(text));
    } catch (IllegalArgumentException | DateTimeException malformed) {
      return Optional.empty();
    }
  }

  /** The cursor as an opaque text for clients. */
  String encode() {
    ByteBuffer buffer =
        ByteBuffer.allocate(BYTES)
            .putLong(at.getEpochSecond())
            .putInt(at.getNano())
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(buffer.array());
  }
}
