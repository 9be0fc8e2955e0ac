package io.cpdevents.e2e.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.e2e.Journey;
import io.cpdevents.e2e.SharedPlatform;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** Looks, after all journeys, whether every operation has done what it is there for. */
@Journey
@Order(Integer.MAX_VALUE - 1)
@DisabledIfSystemProperty(
    named = "it.test",
    matches = ".+",
    disabledReason = "A part of the journeys does not see every operation.")
class EveryOperationIT {

  /** Those that no journey sees succeed, each with the reason. */
  private static final Map<String, String> NEVER_SEEN = Map.of();

  @Test
  void the_document_is_held_to_a_success_of_every_operation() {
    assertThat(SharedPlatform.document().unseenOperations())
        .as("those that nobody has seen succeed, and no others, have their reason here")
        .containsExactlyInAnyOrderElementsOf(NEVER_SEEN.keySet());
  }
}
