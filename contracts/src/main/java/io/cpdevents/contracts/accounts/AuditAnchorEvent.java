package io.cpdevents.contracts.accounts;

import io.cpdevents.contracts.Event;
import io.cpdevents.contracts.Topic;
import java.time.Instant;

/** What is kept of the audit log where its own database cannot reach it. */
public sealed interface AuditAnchorEvent extends Event {

  String keyId();

  @Override
  default Topic topic() {
    return Topic.ACCOUNTS_AUDIT_ANCHORS;
  }

  @Override
  default String key() {
    return keyId();
  }

  /**
   * The audit log had so many entries, and ended with this hash. A log that is shorter later was
   * cut off, and one with another hash at this place was computed anew.
   *
   * @param keyId which key signed this
   * @param entries how many there were; the last one's place
   * @param headHash the last one's hash, hexadecimal
   * @param signature HMAC-SHA-256 over the other fields, hexadecimal
   */
  record AuditLogAnchored(
      String keyId, long entries, String headHash, Instant anchoredAt, String signature)
      implements AuditAnchorEvent {}
}
