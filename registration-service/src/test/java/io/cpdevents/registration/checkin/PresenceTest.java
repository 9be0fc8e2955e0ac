package io.cpdevents.registration.checkin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PresenceTest {

  private static final Instant NOON = Instant.parse("2027-03-01T12:00:00Z");
  private static final UUID TICKET = UUID.randomUUID();
  private static final UUID FRONT = new UUID(0, 1);
  private static final UUID BACK = new UUID(0, 2);

  private static Scan scan(ScanDirection direction, int second, UUID by) {
    return scan(direction, second, by, null);
  }

  private static Scan scan(
      ScanDirection direction, int second, UUID by, @Nullable Instant undoneAt) {
    return new Scan(UUID.randomUUID(), TICKET, direction, NOON.plusSeconds(second), by, undoneAt);
  }

  @Test
  void the_earliest_scan_lets_in_and_a_later_one_says_by_whom() {
    Scan first = scan(ScanDirection.IN, 0, FRONT);
    Scan second = scan(ScanDirection.IN, 5, BACK);
    Presence presence = Presence.of(List.of(second, first));

    assertThat(presence.resultOf(first)).isEqualTo(ScanResult.CHECKED_IN);
    assertThat(presence.resultOf(second)).isEqualTo(ScanResult.ALREADY_CHECKED_IN);
    assertThat(presence.entryBefore(second)).contains(first);
    assertThat(presence.checkedInAt()).isEqualTo(NOON);
    assertThat(presence.isInside()).isTrue();
  }

  @Test
  void who_has_left_may_come_back_and_who_never_came_cannot_leave() {
    Scan early = scan(ScanDirection.OUT, 0, FRONT);
    Scan in = scan(ScanDirection.IN, 1, FRONT);
    Scan out = scan(ScanDirection.OUT, 2, FRONT);
    Scan again = scan(ScanDirection.IN, 3, FRONT);
    Presence presence = Presence.of(List.of(early, in, out, again));

    assertThat(presence.resultOf(early)).isEqualTo(ScanResult.NOT_CHECKED_IN);
    assertThat(presence.resultOf(out)).isEqualTo(ScanResult.CHECKED_OUT);
    assertThat(presence.resultOf(again)).isEqualTo(ScanResult.CHECKED_IN);
    assertThat(presence.first()).isEqualTo(in);
    assertThat(presence.entry()).isEqualTo(again);
    assertThat(presence.exit()).isEqualTo(out);
  }

  @Test
  void what_was_undone_does_not_count() {
    Scan undone = scan(ScanDirection.IN, 0, FRONT, NOON);
    Scan counts = scan(ScanDirection.IN, 5, BACK);
    Presence presence = Presence.of(List.of(undone, counts));

    assertThat(presence.resultOf(undone)).isEqualTo(ScanResult.UNDONE);
    assertThat(presence.resultOf(counts)).isEqualTo(ScanResult.CHECKED_IN);
    assertThat(Presence.of(List.of(undone)).first()).isNull();
  }

  @Test
  void of_two_scans_at_the_same_moment_the_same_one_counts_whichever_comes_first() {
    Scan front = scan(ScanDirection.IN, 0, FRONT);
    Scan back = scan(ScanDirection.IN, 0, BACK);

    assertThat(Presence.of(List.of(front, back))).isEqualTo(Presence.of(List.of(back, front)));
  }

  @Test
  void whatever_order_scans_come_in_they_say_the_same() {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      List<Scan> scans = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        scans.add(
            scan(
                random.nextInt(3) == 0 ? ScanDirection.OUT : ScanDirection.IN,
                random.nextInt(6),
                random.nextBoolean() ? FRONT : BACK));
      }
      Presence expected = Presence.of(scans);
      List<Scan> shuffled = new ArrayList<>(new java.util.LinkedHashSet<>(scans));
      Collections.shuffle(shuffled, random);
      // Equal but for their ids are no two scans: the database keeps one of them.
      if (scans.stream()
              .map(one -> one.scannedAt() + "" + one.direction() + one.scannedBy())
              .distinct()
              .count()
          == scans.size()) {
        assertThat(Presence.of(shuffled)).isEqualTo(expected);
      }
    }
  }

  @Test
  void the_next_scan_is_later_than_all_that_are_known() {
    Presence presence = Presence.of(List.of(scan(ScanDirection.IN, 60, FRONT)));

    assertThat(presence.nextTime(NOON)).isEqualTo(NOON.plusSeconds(60).plusMillis(1));
    assertThat(presence.nextTime(NOON.plusSeconds(61))).isEqualTo(NOON.plusSeconds(61));
  }
}
