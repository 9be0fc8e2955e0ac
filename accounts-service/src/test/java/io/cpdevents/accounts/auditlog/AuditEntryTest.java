package io.cpdevents.accounts.auditlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.accounts.auditlog.AuditEntry.ChainHead;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AuditEntryTest {

  private static final AuditKey KEY = AuditKey.of(new byte[] {1, 2, 3});
  private static final AuditKey OTHER_KEY = AuditKey.of(new byte[] {1, 2, 4});
  private static final Instant NOW = Instant.parse("2027-03-01T15:00:00Z");

  @Test
  void an_entry_follows_the_one_before_it() {
    AuditEntry first = AuditEntry.next(ChainHead.none(), recorded("a", Map.of()), NOW, KEY);
    AuditEntry second = AuditEntry.next(first.asHead(), recorded("b", Map.of()), NOW, KEY);

    assertThat(first.seq()).isEqualTo(1);
    assertThat(first.follows(ChainHead.none())).isTrue();
    assertThat(second.follows(first.asHead())).isTrue();
    assertThat(second.follows(ChainHead.none())).isFalse();
    assertThat(first.isIntact(KEY)).isTrue();
    assertThat(second.isIntact(KEY)).isTrue();
  }

  @Test
  void every_change_shows() {
    AuditEntry entry = AuditEntry.next(ChainHead.none(), recorded("a", Map.of("k", "v")), NOW, KEY);
    AuditEntry other =
        new AuditEntry(
            entry.seq(),
            recorded("a", Map.of("k", "w")),
            NOW,
            entry.prevHash(),
            entry.keyId(),
            entry.hash());
    AuditEntry later =
        new AuditEntry(
            entry.seq(),
            entry.action(),
            NOW.plusSeconds(1),
            entry.prevHash(),
            entry.keyId(),
            entry.hash());

    assertThat(entry.isIntact(OTHER_KEY)).isFalse();
    assertThat(entry.isIntactAt(2, KEY)).isFalse();
    assertThat(other.isIntact(KEY)).isFalse();
    assertThat(later.isIntact(KEY)).isFalse();
  }

  @Test
  void a_value_cannot_look_like_another_field() {
    AuditEntry one =
        AuditEntry.next(
            ChainHead.none(), recorded("a", Map.of("k", "v\nkey=1:x\nvalue=1:y")), NOW, KEY);
    AuditEntry two =
        AuditEntry.next(ChainHead.none(), recorded("a", Map.of("k", "v", "x", "y")), NOW, KEY);

    assertThat(one.hash()).isNotEqualTo(two.hash());
  }

  @Test
  void the_order_of_details_does_not_matter() {
    Map<String, String> forth = new java.util.LinkedHashMap<>();
    forth.put("a", "1");
    forth.put("b", "2");
    Map<String, String> back = new java.util.LinkedHashMap<>();
    back.put("b", "2");
    back.put("a", "1");

    assertThat(AuditEntry.next(ChainHead.none(), recorded("a", forth), NOW, KEY).hash())
        .isEqualTo(AuditEntry.next(ChainHead.none(), recorded("a", back), NOW, KEY).hash());
  }

  private static AuditedAction recorded(String action, Map<String, String> details) {
    return new AuditedAction(
        new UUID(1, 2),
        "billing",
        null,
        action,
        "payment",
        "id",
        null,
        NOW,
        null,
        null,
        details,
        "account",
        new UUID(3, 4),
        null,
        Map.of("amount", "3"));
  }
}
