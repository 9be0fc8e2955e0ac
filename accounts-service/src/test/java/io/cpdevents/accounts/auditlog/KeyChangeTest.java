package io.cpdevents.accounts.auditlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KeyChangeTest {

  private static final Instant NOON = Instant.parse("2027-03-01T12:00:00Z");
  private static final AuditKey FORMER = AuditKey.of(new byte[] {1});
  private static final AuditKey OLDER = AuditKey.of(new byte[] {2});
  private static final AuditKey CURRENT = AuditKey.of(new byte[] {3});

  private final List<AuditEntry> log = new ArrayList<>();

  @Test
  void former_keys_count_up_to_the_change_and_what_was_on_its_way_then() {
    append(OLDER, Duration.ZERO);
    append(FORMER, Duration.ofDays(100));
    append(CURRENT, Duration.ofDays(200));
    append(FORMER, Duration.ofDays(200).plusMinutes(59));
    append(FORMER, Duration.ofDays(200).plusMinutes(61));
    append(OLDER, Duration.ofDays(200).plusMinutes(62));
    append(CURRENT, Duration.ofDays(201));

    assertThat(allowed()).containsExactly(true, true, true, true, false, false, true);
  }

  @Test
  void later_nothing_under_them_counts_whatever_time_it_says() {
    append(FORMER, Duration.ZERO);
    append(CURRENT, Duration.ofMinutes(1));
    append(CURRENT, Duration.ofDays(1));
    append(FORMER, Duration.ofMinutes(2));

    assertThat(allowed()).containsExactly(true, true, true, false);
  }

  @Test
  void a_key_that_was_put_back_retires_none_that_was_not_there_before_it() {
    append(CURRENT, Duration.ZERO);
    append(FORMER, Duration.ofDays(1));
    append(FORMER, Duration.ofDays(2));
    append(CURRENT, Duration.ofDays(3));

    assertThat(allowed()).containsExactly(true, true, true, true);
  }

  @Test
  void what_is_known_of_the_entries_before_a_stretch_is_enough() {
    append(FORMER, Duration.ZERO);
    append(CURRENT, Duration.ofMinutes(1));
    append(CURRENT, Duration.ofDays(1));
    append(FORMER, Duration.ofMinutes(2));
    KeyChange change = change();

    change.note(log.get(2).recordedAt());

    assertThat(change.allows(log.get(3))).isFalse();
  }

  private void append(AuditKey key, Duration after) {
    log.add(
        new AuditEntry(
            log.size() + 1, action(), NOON.plus(after), new byte[32], key.id(), new byte[32]));
  }

  private List<Boolean> allowed() {
    KeyChange change = change();
    return log.stream().map(change::allows).toList();
  }

  private KeyChange change() {
    return new KeyChange(
        CURRENT.id(), key -> log.stream().filter(entry -> entry.keyId().equals(key)).findFirst());
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
