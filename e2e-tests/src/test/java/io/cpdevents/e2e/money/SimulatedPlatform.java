package io.cpdevents.e2e.money;

import io.cpdevents.driver.World;
import io.cpdevents.e2e.TestPlatform;
import io.cpdevents.local.LocalPlatform;

/**
 * The platform of the simulation: its time leaps and its processes die while the journeys go on at
 * theirs.
 */
final class SimulatedPlatform {

  private static final TestPlatform SIMULATED = TestPlatform.start("simulation");

  private SimulatedPlatform() {}

  static LocalPlatform get() {
    return SIMULATED.platform();
  }

  static World world() {
    return SIMULATED.world();
  }
}
