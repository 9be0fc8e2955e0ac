package io.cpdevents.accounts.auditlog;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the chain: an action, its place in the chain, and a keyed hash over both and the
 * previous entry's hash.
 *
 * @param seq the place: 1 for the first entry, without gaps
 * @param recordedAt when it was appended
 * @param prevHash the previous entry's hash; zeros for the first entry
 * @param keyId the id of the key under which the hash was computed
 */
record AuditEntry(
    long seq,
    AuditedAction action,
    Instant recordedAt,
    byte[] prevHash,
    String keyId,
    byte[] hash) {

  static final int HASH_BYTES = 32;
  static final byte[] NO_HASH = new byte[HASH_BYTES];

  private static final String ABSENT = "-";

  /** The entry that comes next. */
  static AuditEntry next(ChainHead head, AuditedAction action, Instant now, AuditKey key) {
    AuditedAction storable = storable(action);
    Instant recordedAt = micros(now);
    long seq = head.seq() + 1;
    return new AuditEntry(
        seq,
        storable,
        recordedAt,
        head.hash(),
        key.id(),
        hashOf(seq, storable, recordedAt, head.hash(), key));
  }

  /** Whether nothing in it was changed since it was appended under this key. */
  boolean isIntact(AuditKey key) {
    return isIntactAt(seq, key);
  }

  /** Whether it was appended under this key at that place, and nothing else in it was changed. */
  boolean isIntactAt(long place, AuditKey key) {
    return Arrays.equals(hash, hashOf(place, action, recordedAt, prevHash, key));
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
      long seq, AuditedAction action, Instant recordedAt, byte[] prevHash, AuditKey key) {
    return key.codeOf(canonical(seq, action, recordedAt, prevHash));
  }

  /** Every field with its length, so that no two different entries have the same text. */
  private static String canonical(
      long seq, AuditedAction action, Instant recordedAt, byte[] prevHash) {
    StringBuilder text = new StringBuilder();
    field(text, "prevHash", HexFormat.of().formatHex(prevHash));
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
    addLater(text, action);
    return text.toString();
  }

  /** What entries of before lack: an absent one leaves the text as it was for them. */
  private static void addLater(StringBuilder text, AuditedAction action) {
    if (action.actorKind() != null) {
      field(text, "actorKind", action.actorKind());
    }
    if (action.onBehalfOf() != null) {
      field(text, "onBehalfOf", action.onBehalfOf());
    }
    values(text, "before", action.before());
    values(text, "after", action.after());
  }

  private static void values(
      StringBuilder text, String name, @Nullable Map<String, String> values) {
    if (values != null) {
      field(text, name, Integer.toString(values.size()));
      new TreeMap<>(values)
          .forEach((key, value) -> {
            field(text, "key", key);
            field(text, "value", value);
          });
    }
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
        storable(action.details()),
        action.actorKind() == null ? null : storable(action.actorKind()),
        action.onBehalfOf(),
        action.before() == null ? null : storable(action.before()),
        action.after() == null ? null : storable(action.after()));
  }

  private static Map<String, String> storable(Map<String, String> values) {
    SortedMap<String, String> storable = new TreeMap<>();
    values.forEach((key, value) -> storable.put(storable(key), storable(value)));
    return Map.copyOf(storable);
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
