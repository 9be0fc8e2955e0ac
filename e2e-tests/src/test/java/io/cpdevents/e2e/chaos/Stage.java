package io.cpdevents.e2e.chaos;

import io.cpdevents.driver.Person;
import io.cpdevents.driver.PublishedEvent;
import io.cpdevents.driver.World;
import io.cpdevents.e2e.SharedPlatform;
import io.cpdevents.local.LocalPlatform;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** The platform under attack, with a few people who repeat what failed. */
final class Stage {

  private static final int BUYERS = 4;

  private final Random random;
  private final List<Person> buyers;

  private Stage(long seed) {
    this.random = new Random(seed);
    World world = world().repeating();
    this.buyers = IntStream.range(0, BUYERS).mapToObj(_ -> world.somebody("Bea Buyer")).toList();
  }

  /** The one of this run. */
  static Stage shared() {
    return Shared.STAGE;
  }

  LocalPlatform platform() {
    return SharedPlatform.get();
  }

  World world() {
    return SharedPlatform.world();
  }

  /** What decides everything that is left to chance. */
  Random random() {
    return random;
  }

  List<Person> buyers() {
    return buyers;
  }

  /** Each event is another organization's: no plan limits how often this is asked for. */
  PublishedEvent publishes(int places, long priceMinor) {
    return world().repeating().anOrganization().publishes(places, priceMinor);
  }

  private static final class Shared {
    private static final Stage STAGE = start();

    // The seed is what a person needs to repeat a run.
    @SuppressWarnings("SystemOut")
    private static Stage start() {
      long seed = Long.getLong("chaos.seed", new Random().nextInt(1_000_000));
      System.out.printf("chaos: -Dchaos.seed=%d repeats what is left to chance%n", seed);
      return new Stage(seed);
    }
  }
}
