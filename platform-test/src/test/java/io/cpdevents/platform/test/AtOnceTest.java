package io.cpdevents.platform.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class AtOnceTest {

  @Test
  void all_act_at_the_same_time_and_answer_in_their_order() {
    CountDownLatch everybody = new CountDownLatch(10);

    assertThat(
            AtOnce.numbered(
                10,
                number -> {
                  everybody.countDown();
                  awaitEverybody(everybody);
                  return number;
                }))
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
  }

  @Test
  void those_who_have_begun_are_waited_for_later() {
    CountDownLatch begun = new CountDownLatch(2);
    CountDownLatch seen = new CountDownLatch(1);

    AtOnce.Crowd<Integer> crowd =
        AtOnce.begin(
            2,
            () -> {
              begun.countDown();
              awaitEverybody(seen);
              return 1;
            });
    awaitEverybody(begun);
    seen.countDown();

    assertThat(crowd.results()).containsExactly(1, 1);
  }

  @Test
  void one_who_fails_is_told() {
    assertThatThrownBy(() ->
            AtOnce.numbered(
                2,
                number -> {
                  if (number == 1) {
                    throw new IllegalStateException("no places");
                  }
                  return number;
                }))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("no places");
  }

  private static void awaitEverybody(CountDownLatch everybody) {
    try {
      everybody.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
