package io.cpdevents.accounts.auditlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KeyChangeTest {

  private static final Instant NOON = Instant.parse("2027-03-01T12:00:00Z");
  private static final AuditKey FORMER = AuditKey.of(new byte[] {1});
  private static final AuditKey OLDER = AuditKey.of(new byte[] {2});
  private static final AuditKey CURRENT = AuditKey.of(new byte[] {3});

  private final KeyChange change = new KeyChange(CURRENT);

  @Test
  void former_keys_count_up_to_the_change_and_what_was_on_its_way_then() {
    assertThat(allows(OLDER, Duration.ZERO)).isTrue();
    assertThat(allows(FORMER, Duration.ofDays(100))).isTrue();
    assertThat(allows(CURRENT, Duration.ofDays(200))).isTrue();
    assertThat(allows(FORMER, Duration.ofDays(200).plusMinutes(59))).isTrue();
    assertThat(allows(FORMER, Duration.ofDays(200).plusMinutes(61))).isFalse();
  }

  @Test
  void later_nothing_under_them_counts_whatever_time_it_says() {
    assertThat(allows(CURRENT, Duration.ZERO)).isTrue();
    assertThat(allows(CURRENT, Duration.ofDays(1))).isTrue();

    assertThat(allows(FORMER, Duration.ofMinutes(1))).isFalse();
    assertThat(allows(OLDER, Duration.ofDays(1))).isFalse();
    assertThat(allows(CURRENT, Duration.ofDays(2))).isTrue();
  }

  private boolean allows(AuditKey key, Duration after) {
    return change.allows(
        new AuditEntry(1, action(), NOON.plus(after), new byte[32], key.id(), new byte[32]));
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
