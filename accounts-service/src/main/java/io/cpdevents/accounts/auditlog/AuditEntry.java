package io.cpdevents.accounts.auditlog;

import io.cpdevents.accounts.secrets.Sha256;
import io.cpdevents.contracts.audit.AuditEvent.AuditEntryRecorded;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One link of the chain: what was recorded, its place, and a hash over both and the hash before it.
 *
 * @param seq 1 for the first entry, without gaps
 * @param recordedAt when it was chained
 * @param prevHash the hash of the entry before it; zeros for the first one
 */
record AuditEntry(
    long seq, AuditEntryRecorded content, Instant recordedAt, byte[] prevHash, byte[] hash) {

  static final int HASH_BYTES = 32;
  static final byte[] BEFORE_THE_FIRST = new byte[HASH_BYTES];

  private static final String ABSENT = "-";

  /** The entry that follows a head of the chain. */
  static AuditEntry next(ChainHead head, AuditEntryRecorded content, Instant now) {
    AuditEntryRecorded storable = storable(content);
    Instant recordedAt = micros(now);
    long seq = head.seq() + 1;
    return new AuditEntry(
        seq, storable, recordedAt, head.hash(), hashOf(seq, storable, recordedAt, head.hash()));
  }

  /** Whether the content is what was hashed when it was chained. */
  boolean isIntact() {
    return Arrays.equals(hash, hashOf(seq, content, recordedAt, prevHash));
  }

  /** Whether it stands right behind that head. */
  boolean follows(ChainHead head) {
    return seq == head.seq() + 1 && Arrays.equals(prevHash, head.hash());
  }

  /** The head of the chain when this entry is the last. */
  ChainHead asHead() {
    return new ChainHead(seq, hash);
  }

  private static byte[] hashOf(
      long seq, AuditEntryRecorded content, Instant recordedAt, byte[] prevHash) {
    byte[] canonical = canonical(seq, content, recordedAt).getBytes(StandardCharsets.UTF_8);
    byte[] chained = Arrays.copyOf(prevHash, prevHash.length + canonical.length);
    System.arraycopy(canonical, 0, chained, prevHash.length, canonical.length);
    return Sha256.of(chained);
  }

  /** Every field with its length, so that no two entries have the same text. */
  private static String canonical(long seq, AuditEntryRecorded content, Instant recordedAt) {
    StringBuilder text = new StringBuilder();
    field(text, "seq", Long.toString(seq));
    field(text, "entryId", content.entryId());
    field(text, "service", content.service());
    field(text, "actorAccountId", content.actorAccountId());
    field(text, "action", content.action());
    field(text, "subjectType", content.subjectType());
    field(text, "subjectId", content.subjectId());
    field(text, "organizationId", content.organizationId());
    field(text, "occurredAt", content.occurredAt());
    field(text, "ipAddress", content.ipAddress());
    field(text, "traceId", content.traceId());
    SortedMap<String, String> details = new TreeMap<>(content.details());
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

  /** What PostgreSQL gives back as it was: microseconds, no NUL, no broken Unicode. */
  private static AuditEntryRecorded storable(AuditEntryRecorded content) {
    SortedMap<String, String> details = new TreeMap<>();
    content.details().forEach((key, value) -> details.put(storable(key), storable(value)));
    return new AuditEntryRecorded(
        content.entryId(),
        storable(content.service()),
        content.actorAccountId(),
        storable(content.action()),
        storable(content.subjectType()),
        storable(content.subjectId()),
        content.organizationId(),
        micros(content.occurredAt()),
        content.ipAddress() == null ? null : storable(content.ipAddress()),
        content.traceId() == null ? null : storable(content.traceId()),
        Map.copyOf(details));
  }

  private static String storable(String text) {
    byte[] utf8 = text.replace('\0', '\uFFFD').getBytes(StandardCharsets.UTF_8);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private static Instant micros(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MICROS);
  }

  /** The end of the chain. */
  record ChainHead(long seq, byte[] hash) {

    /** The end of an empty chain. */
    static ChainHead none() {
      return new ChainHead(0, BEFORE_THE_FIRST);
    }
  }
}
