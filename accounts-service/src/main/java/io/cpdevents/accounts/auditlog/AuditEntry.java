package io.cpdevents.accounts.auditlog;

import io.cpdevents.accounts.secrets.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the hash chain: an action, its place in the chain, and a hash over both and the
 * previous entry's hash.
 *
 * @param seq the place: 1 for the first entry, without gaps
 * @param recordedAt when it was appended
 * @param prevHash the previous entry's hash; zeros for the first entry
 */
record AuditEntry(
    long seq, AuditedAction action, Instant recordedAt, byte[] prevHash, byte[] hash) {

  static final int HASH_BYTES = 32;
  static final byte[] NO_HASH = new byte[HASH_BYTES];

  private static final String ABSENT = "-";

  /** The entry that comes next. */
  static AuditEntry next(ChainHead head, AuditedAction action, Instant now) {
    AuditedAction storable = storable(action);
    Instant recordedAt = micros(now);
    long seq = head.seq() + 1;
    return new AuditEntry(
        seq, storable, recordedAt, head.hash(), hashOf(seq, storable, recordedAt, head.hash()));
  }

  /** Whether nothing in it was changed since it was appended. */
  boolean isIntact() {
    return Arrays.equals(hash, hashOf(seq, action, recordedAt, prevHash));
  }

  /** Whether it comes right after that head. */
  boolean follows(ChainHead head) {
    return seq == head.seq() + 1 && Arrays.equals(prevHash, head.hash());
  }

  /** The head of a chain that ends with this entry. */
  ChainHead asHead() {
    return new ChainHead(seq, hash);
  }

  private static byte[] hashOf(
      long seq, AuditedAction action, Instant recordedAt, byte[] prevHash) {
    byte[] canonical = canonical(seq, action, recordedAt).getBytes(StandardCharsets.UTF_8);
    byte[] chained = Arrays.copyOf(prevHash, prevHash.length + canonical.length);
    System.arraycopy(canonical, 0, chained, prevHash.length, canonical.length);
    return Sha256.of(chained);
  }

  /** Every field with its length, so that no two different entries have the same text. */
  private static String canonical(long seq, AuditedAction action, Instant recordedAt) {
    StringBuilder text = new StringBuilder();
    field(text, "seq", Long.toString(seq));
    field(text, "entryId", action.id());
    field(text, "service", action.service());
    field(text, "actorAccountId", action.actorAccountId());
    field(text, "action", action.action());
    field(text, "subjectType", action.subjectType());
    field(text, "subjectId", action.subjectId());
    field(text, "organizationId", action.organizationId());
    field(text, "occurredAt", action.occurredAt());
    field(text, "ipAddress", action.ipAddress());
    field(text, "traceId", action.traceId());
    SortedMap<String, String> details = new TreeMap<>(action.details());
    field(text, "details", Integer.toString(details.size()));
    details.forEach((key, value) -> {
      field(text, "key", key);
      field(text, "value", value);
    });
    field(text, "recordedAt", recordedAt);
    return text.toString();
  }

  private static void field(StringBuilder text, String name, @Nullable Object value) {
    if (value == null) {
      text.append(name).append('=').append(ABSENT).append('\n');
      return;
    }
    String written = value.toString();
    text.append(name).append('=').append(written.length()).append(':').append(written).append('\n');
  }

  /**
   * The action as PostgreSQL can store and return it: microseconds, no NUL, no broken Unicode. A
   * hash over anything else would not match what is read later.
   */
  private static AuditedAction storable(AuditedAction action) {
    SortedMap<String, String> details = new TreeMap<>();
    action.details().forEach((key, value) -> details.put(storable(key), storable(value)));
    return new AuditedAction(
        action.id(),
        storable(action.service()),
        action.actorAccountId(),
        storable(action.action()),
        storable(action.subjectType()),
        storable(action.subjectId()),
        action.organizationId(),
        micros(action.occurredAt()),
        action.ipAddress() == null ? null : storable(action.ipAddress()),
        action.traceId() == null ? null : storable(action.traceId()),
        Map.copyOf(details));
  }

  private static String storable(String text) {
    byte[] utf8 = text.replace('\0', '\uFFFD').getBytes(StandardCharsets.UTF_8);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private static Instant micros(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MICROS);
  }

  /** The last entry's place and hash. */
  record ChainHead(long seq, byte[] hash) {

    /** The head of an empty chain. */
    static ChainHead none() {
      return new ChainHead(0, NO_HASH);
    }
  }
}
