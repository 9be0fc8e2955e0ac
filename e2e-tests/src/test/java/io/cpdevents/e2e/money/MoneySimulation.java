package io.cpdevents.e2e.money;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cpdevents.e2e.SharedPlatform;
import io.cpdevents.e2e.money.Scenario.Cast;
import java.util.Locale;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever people, banks and Stripe do, and whatever goes wrong meanwhile: in the end the books are
 * Stripe's balance, and every captured payment is earned, refunded or owed. {@code -Dseeds=1000}
 * tries more seeds, {@code -Dseed=17} one again.
 */
@Order(Integer.MAX_VALUE - 2)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MoneySimulation {

  private static final int SEEDS = 6;

  private final Cast cast = Cast.in(SharedPlatform.world());
  private boolean broken;

  // How far a long run is, for people.
  @SuppressWarnings("SystemOut")
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void money_adds_up(long seed) {
    assumeTrue(!broken, "a seed before has left books behind that do not add up");
    Scenario scenario = new Scenario(seed, cast);
    long began = System.nanoTime();
    try {
      scenario.play();
      System.out.printf(
          Locale.ROOT, "money: seed %d adds up, %.1f s%n", seed, (System.nanoTime() - began) / 1e9);
    } catch (RuntimeException | AssertionError e) {
      broken = true;
      throw new AssertionError(
          "seed %d, which -Dseed=%d repeats:%n  %s"
              .formatted(seed, seed, String.join(System.lineSeparator() + "  ", scenario.told())),
          e);
    }
  }

  static LongStream seeds() {
    Long one = Long.getLong("seed");
    return one == null
        ? LongStream.rangeClosed(1, Integer.getInteger("seeds", SEEDS))
        : LongStream.of(one);
  }
}
