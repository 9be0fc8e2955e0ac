package io.cpdevents.e2e.money;

import io.cpdevents.driver.World;
import io.cpdevents.e2e.TestPlatform;
import io.cpdevents.local.LocalPlatform;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The platform of the simulation: its time leaps and its processes die while the journeys go on at
 * theirs. What takes long and moves no clock is tried here, too, once the simulation is over.
 */
public final class SimulatedPlatform {

  /** Who acts here acts alone: the name of a {@code @ResourceLock}. */
  public static final String LOCK = "the platform of the simulation";

  private static @Nullable TestPlatform simulated;

  private SimulatedPlatform() {}

  private static synchronized TestPlatform started() {
    if (simulated == null) {
      simulated = TestPlatform.start("simulation");
    }
    return simulated;
  }

  static LocalPlatform get() {
    return started().platform();
  }

  /** Its people, and everything that was acknowledged there. */
  public static World world() {
    return started().world();
  }

  /** It, if anybody has used it in this run. */
  public static synchronized Optional<TestPlatform> used() {
    return Optional.ofNullable(simulated);
  }
}
