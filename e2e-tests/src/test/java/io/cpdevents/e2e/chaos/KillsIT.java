package io.cpdevents.e2e.chaos;

import io.cpdevents.local.Component;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The short selection that is part of every build, on the platform that the journeys had. */
@Order(Integer.MAX_VALUE - 1)
class KillsIT {

  @ParameterizedTest
  @EnumSource(names = {"BILLING", "NOTIFICATION"})
  void everything_is_true_after_a_kill(Component component) {
    Stage stage = Stage.shared();
    new Attack(stage).with(Fault.kill(stage.platform(), component));
  }
}
