package io.cpdevents.billing.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BalanceReadingTest {

  private static final long CERTAIN = 1_234_567;

  @Test
  void whatever_was_in_the_answer_of_what_may_have_been_in_it_explains_it() {
    List<Long> moved = List.of(9_680L, -4_000L, 9_680L, -35L, 120L);
    for (int chosen = 0; chosen < 1 << moved.size(); chosen++) {
      long stripe = CERTAIN;
      for (int place = 0; place < moved.size(); place++) {
        stripe += (chosen >> place & 1) * moved.get(place);
      }
      assertThat(new BalanceReading(stripe, CERTAIN, moved).differenceMinor()).hasValue(0);
    }
  }

  @Test
  void a_cent_is_told_whatever_was_in_the_answer() {
    List<Long> moved = List.of(9_680L, -4_000L, 9_680L, -350L, 1_200L);
    Random random = new Random(1);
    for (int tries = 0; tries < 100; tries++) {
      long stripe =
          CERTAIN + moved.stream().filter(_ -> random.nextBoolean()).mapToLong(each -> each).sum();
      assertThat(new BalanceReading(stripe + 1, CERTAIN, moved).differenceMinor()).hasValue(1);
      assertThat(new BalanceReading(stripe - 1, CERTAIN, moved).differenceMinor()).hasValue(-1);
    }
  }

  @Test
  void nothing_is_told_of_an_answer_between_too_many_movements() {
    List<Long> most = Collections.nCopies(BalanceReading.MAX_UNCERTAIN, 10L);
    assertThat(new BalanceReading(CERTAIN + 7, CERTAIN, most).differenceMinor()).hasValue(-3);
    List<Long> more = Collections.nCopies(BalanceReading.MAX_UNCERTAIN + 1, 10L);
    assertThat(new BalanceReading(CERTAIN + 7, CERTAIN, more).differenceMinor()).isEmpty();
  }
}
