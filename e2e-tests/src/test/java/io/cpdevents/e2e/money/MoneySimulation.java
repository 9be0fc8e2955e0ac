package io.cpdevents.e2e.money;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cpdevents.e2e.Leaks;
import io.cpdevents.e2e.money.Scenario.Cast;
import io.cpdevents.local.Component;
import io.cpdevents.local.LocalPlatform;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever people, banks and Stripe do, and whatever goes wrong meanwhile: in the end the books are
 * Stripe's balance, and every captured payment is earned, refunded or owed. {@code -Dseeds=1000}
 * tries more seeds, {@code -Dseeds=21-400} those, {@code -Dseed=17} one again. It runs beside the
 * journeys, at a platform of its own.
 */
@Execution(ExecutionMode.CONCURRENT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public class MoneySimulation {

  private static final String SEEDS = "12";

  /** Of so many seeds in a row with one setting as many with the other follow. */
  private static final int SEEDS_OF_A_SETTING = 10;

  private static final Semaphore UNDER_WAY = new Semaphore(1);

  private final Cast cast = Cast.in(SimulatedPlatform.world());
  private boolean refundsFraudWarnings;
  private boolean broken;

  @BeforeAll
  static void begin() {
    UNDER_WAY.acquireUninterruptibly();
  }

  @AfterAll
  static void nothing_has_leaked_and_it_is_over() {
    try {
      new Leaks(SimulatedPlatform.get(), SimulatedPlatform.world()).assertNone();
    } finally {
      UNDER_WAY.release();
    }
  }

  /** Waits until it is over, if it is under way in this run. */
  public static void awaitEnd() {
    UNDER_WAY.acquireUninterruptibly();
    UNDER_WAY.release();
  }

  // How far a long run is, for people.
  @SuppressWarnings("SystemOut")
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  @Execution(ExecutionMode.SAME_THREAD)
  void money_adds_up(long seed) {
    assumeTrue(!broken, "a seed before has left books behind that do not add up");
    setFraudWarnings(seed / SEEDS_OF_A_SETTING % 2 == 1);
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

  /** Whether a payment goes back when its card's bank warns of fraud. */
  private void setFraudWarnings(boolean refunds) {
    if (refunds != refundsFraudWarnings) {
      LocalPlatform platform = SimulatedPlatform.get();
      platform.set(
          Component.BILLING, "CPD_BILLING_REFUND_FRAUD_WARNINGS", Boolean.toString(refunds));
      platform.kill(Component.BILLING);
      ProcessDies.startAgain(platform, Component.BILLING);
      refundsFraudWarnings = refunds;
    }
  }

  static LongStream seeds() {
    Long one = Long.getLong("seed");
    if (one != null) {
      return LongStream.of(one);
    }
    String seeds = System.getProperty("seeds", SEEDS);
    int dash = seeds.indexOf('-');
    long first = dash < 0 ? 1 : Long.parseLong(seeds.substring(0, dash));
    return LongStream.rangeClosed(first, Long.parseLong(seeds.substring(dash + 1)));
  }
}
