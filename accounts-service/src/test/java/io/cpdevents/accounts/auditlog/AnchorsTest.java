package io.cpdevents.accounts.auditlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.accounts.auditlog.AuditEntry.ChainHead;
import io.cpdevents.accounts.secrets.TokenKey;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AnchorsTest {

  private static final Instant NOON = Instant.parse("2027-03-01T12:00:00Z");

  private final AuditKeys keys =
      new AuditKeys(new TokenKey("a key of at least thirty-two characters"), List.of());
  private final AuditEntry entry =
      AuditEntry.next(new ChainHead(9, new byte[32]), action(), NOON, keys.current());
  private final AuditAnchor true10 = AuditAnchor.of(entry.asHead(), NOON, keys.current());
  private final AuditAnchor other10 =
      AuditAnchor.of(new ChainHead(10, new byte[32]), NOON, keys.current());
  private final AuditAnchor other90 =
      AuditAnchor.of(new ChainHead(90, new byte[32]), NOON.plusSeconds(60), keys.current());
  private final AuditAnchor forged =
      AuditAnchor.of(
          new ChainHead(10, new byte[32]), NOON, new AuditKey(keys.current().id(), new byte[32]));

  @Test
  void an_entry_stands_against_all_anchors_of_its_place_that_are_signed() {
    assertThat(read(1, 20, true10, true10, forged).agreeWith(entry)).isTrue();
    assertThat(read(1, 20, true10, other10).agreeWith(entry)).isFalse();
    assertThat(read(10, 10, other10).agreeWith(entry)).isFalse();
    assertThat(read(11, 20, other10).agreeWith(entry)).as("of another stretch").isTrue();
  }

  @Test
  void the_last_one_is_known_whatever_the_stretch() {
    Anchors anchors = read(1, 20, other90, true10, forged);

    assertThat(anchors.lastPlace()).isEqualTo(90);
    assertThat(anchors.lastTime()).isEqualTo(NOON.plusSeconds(60));
    assertThat(read(1, 20, forged).lastPlace()).isZero();
  }

  @Test
  void one_anchor_has_one_spelling() {
    AuditAnchor shouted =
        new AuditAnchor(
            other10.entries(),
            other10.headHash(),
            other10.anchoredAt(),
            other10.keyId(),
            other10.signature().toUpperCase(Locale.ROOT));

    assertThat(read(1, 20, other10).lastPlace()).isEqualTo(10);
    assertThat(read(1, 20, shouted).lastPlace()).isZero();
    assertThat(read(1, 20, true10, shouted).agreeWith(entry)).isTrue();
  }

  private Anchors read(long from, long to, AuditAnchor... kept) {
    return Anchors.of(reader -> List.of(kept).forEach(reader), keys, from, to);
  }

  private static AuditedAction action() {
    return new AuditedAction(
        UUID.randomUUID(),
        "accounts",
        null,
        "thing.tested",
        "thing",
        "1",
        null,
        NOON,
        null,
        null,
        Map.of(),
        null,
        null,
        null,
        null);
  }
}
