package io.cpdevents.payout;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.platform.security.StepUp;
import io.cpdevents.platform.test.ChangingEndpoints;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StepUpTest {

  /** It stops money, and whoever is in a hurry to do that is not asked to prove anything first. */
  private static final Set<String> STOPS_MONEY = Set.of("holdPayout");

  @Test
  void whatever_moves_money_or_its_destination_asks_for_a_recent_proof() {
    assertThat(ChangingEndpoints.in("io.cpdevents.payout"))
        .filteredOn(method -> !STOPS_MONEY.contains(method.getName()))
        .hasSizeGreaterThan(4)
        .allMatch(method ->
            method.isAnnotatedWith(StepUp.class)
                && !method.getAnnotationOfType(StepUp.class).byUseCase());
  }
}
