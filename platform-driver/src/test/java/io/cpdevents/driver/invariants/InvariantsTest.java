package io.cpdevents.driver.invariants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cpdevents.driver.NotAsExpected;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InvariantsTest {

  private static final long TWO_MINUTES_AGO = Duration.ofMinutes(2).toNanos();

  /** How many more looks find it broken. */
  private final Map<Invariant, Integer> broken = new EnumMap<>(Invariant.class);

  private final List<Invariant> looks = new ArrayList<>();
  private final Invariants invariants = new Invariants(this::look, EnumSet.noneOf(Invariant.class));

  @Test
  void all_that_is_true_holds_and_each_was_looked_at() {
    invariants.hold();

    assertThat(looks).containsExactly(Invariant.values());
  }

  @Test
  void what_may_take_a_minute_is_looked_at_until_it_is_true() {
    broken.put(Invariant.SENT_MAILS_ARRIVE, 2);

    invariants.hold();

    assertThat(looks).filteredOn(Invariant.SENT_MAILS_ARRIVE::equals).hasSize(3);
  }

  @Test
  void while_something_is_under_way_the_rest_is_not_looked_at() {
    broken.put(Invariant.MAILS_ARE_SENT, 1);

    invariants.hold();

    assertThat(looks).filteredOn(Invariant.CONSUMERS_HAVE_TAKEN_ALL::equals).hasSize(2);
    assertThat(looks).filteredOn(Invariant.PLACES_ADD_UP::equals).hasSize(1);
  }

  @Test
  void what_must_always_be_true_gets_no_second_look() {
    broken.put(Invariant.PLACES_ADD_UP, 1);

    assertThatThrownBy(invariants::hold)
        .isInstanceOf(NotAsExpected.class)
        .hasMessage(
            """
            1 invariants do not hold:
              %s (within 0 s)
                not at look 1\
            """
                .formatted(Invariant.PLACES_ADD_UP.sentence()));
  }

  @Test
  void time_counts_from_when_the_caller_says() {
    broken.put(Invariant.MAILS_ARE_SENT, 1);

    assertThatThrownBy(() -> invariants.hold(System.nanoTime() - TWO_MINUTES_AGO))
        .hasMessageContaining(Invariant.MAILS_ARE_SENT.sentence() + " (within 60 s)");
  }

  @Test
  void an_exception_with_a_reason_is_left_out() {
    broken.put(Invariant.MAILS_COME_ONCE, Integer.MAX_VALUE);

    invariants.except(Invariant.MAILS_COME_ONCE, "a mailer was killed");

    assertThatCode(invariants::hold).doesNotThrowAnyException();
    assertThat(invariants.violations()).isEmpty();
    assertThatThrownBy(() -> invariants.except(Invariant.PLACES_ADD_UP, " "))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void who_waits_for_quiet_stops_at_the_first_that_is_broken() {
    broken.put(Invariant.MAILS_ARE_SENT, Integer.MAX_VALUE);

    assertThat(invariants.areQuietWithin(Duration.ZERO)).isFalse();

    assertThat(looks).containsExactly(Invariant.EVENTS_ARE_ON_TOPICS, Invariant.MAILS_ARE_SENT);
  }

  @Test
  void who_waits_for_quiet_looks_twice_because_what_is_under_way_moves_on_meanwhile() {
    assertThat(invariants.areQuietWithin(Duration.ZERO)).isTrue();

    assertThat(looks).filteredOn(Invariant.EVENTS_ARE_ON_TOPICS::equals).hasSize(2);
  }

  @Test
  void who_knows_what_is_under_way_can_leave_it_out() {
    broken.put(Invariant.REFUNDS_ARE_DECIDED, Integer.MAX_VALUE);

    assertThat(invariants.areQuietBut(Invariant.REFUNDS_ARE_DECIDED)).isTrue();
    assertThat(invariants.areQuietBut(Invariant.MAILS_ARE_SENT)).isFalse();
  }

  @Test
  void nothing_under_way_is_quiet_whatever_else_is_broken() {
    broken.put(Invariant.PLACES_ADD_UP, Integer.MAX_VALUE);

    assertThat(invariants.areQuietWithin(Duration.ZERO)).isTrue();
    assertThat(invariants.violations()).singleElement().hasToString("PLACES_ADD_UP: not at look 1");
  }

  @Test
  void every_invariant_is_a_sentence_with_a_time() {
    for (Invariant invariant : Invariant.values()) {
      assertThat(invariant.sentence()).matches("[A-Z].*[^.]");
      assertThat(invariant.within()).isBetween(Duration.ZERO, Duration.ofMinutes(1));
    }
  }

  private List<Violation> look(Invariant invariant) {
    looks.add(invariant);
    int left = broken.getOrDefault(invariant, 0);
    if (left == 0) {
      return List.of();
    }
    broken.put(invariant, left - 1);
    long look = looks.stream().filter(invariant::equals).count();
    return List.of(new Violation(invariant, "not at look " + look, invariant.within()));
  }
}
