package io.cpdevents.registration.waitlist;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.platform.Ids;
import io.cpdevents.registration.waitlist.WaitlistChange.Reason;
import io.cpdevents.registration.waitlist.WaitlistPositions.Step;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WaitlistPositionsTest {

  private static final Instant NOON = Instant.parse("2027-03-01T12:00:00Z");

  private final UUID one = Ids.next();
  private final UUID two = Ids.next();
  private final UUID three = Ids.next();

  @Test
  void positions_follow_from_what_happens_to_the_others() {
    List<WaitlistChange> changes =
        WaitlistPositions.of(
            two,
            List.of(
                step(two, "joined", null, "2", 2),
                step(three, "joined", null, "3", 3),
                step(three, "moved", "3", "0.5", 1),
                step(one, "places-offered", "1", null, null),
                step(one, "offer-accepted", null, null, null),
                step(three, "let-go", "0.5", null, null),
                step(two, "places-offered", "2", null, null)));

    assertThat(changes)
        .extracting(WaitlistChange::reason, WaitlistChange::position)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(Reason.JOINED, 2),
            org.assertj.core.groups.Tuple.tuple(Reason.OTHER_MOVED, 3),
            org.assertj.core.groups.Tuple.tuple(Reason.OTHER_OFFERED, 2),
            org.assertj.core.groups.Tuple.tuple(Reason.OTHER_LEFT, 1),
            org.assertj.core.groups.Tuple.tuple(Reason.OFFERED, null));
  }

  @Test
  void who_is_put_behind_stays_behind_those_who_join_later() {
    List<Step> steps =
        List.of(
            step(one, "joined", null, "1", 1),
            step(two, "joined", null, "2", 2),
            step(one, "put-behind", "1", "1000000000000001", 2),
            step(three, "joined", null, "3", 2),
            step(two, "places-offered", "2", null, null));

    assertThat(WaitlistPositions.of(one, steps))
        .extracting(WaitlistChange::reason, WaitlistChange::position)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(Reason.JOINED, 1),
            org.assertj.core.groups.Tuple.tuple(Reason.PUT_BEHIND, 2),
            org.assertj.core.groups.Tuple.tuple(Reason.OTHER_JOINED, 3),
            org.assertj.core.groups.Tuple.tuple(Reason.OTHER_OFFERED, 2));
    assertThat(WaitlistPositions.of(two, steps))
        .extracting(WaitlistChange::reason)
        .containsExactly(Reason.JOINED, Reason.OTHER_MOVED, Reason.OFFERED);
  }

  @Test
  void who_joins_or_leaves_behind_changes_nobody_before() {
    assertThat(
            WaitlistPositions.of(
                one,
                List.of(
                    step(one, "joined", null, "1", 1),
                    step(two, "joined", null, "2", 2),
                    step(two, "let-go", "2", null, null))))
        .hasSize(1);
  }

  private static Step step(
      UUID entry,
      String trigger,
      @Nullable String waitedAt,
      @Nullable String waitsAt,
      @Nullable Integer position) {
    return new Step(
        entry,
        NOON,
        trigger,
        waitedAt == null ? null : new BigDecimal(waitedAt),
        waitsAt == null ? null : new BigDecimal(waitsAt),
        position,
        null);
  }
}
