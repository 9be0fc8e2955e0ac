package io.cpdevents.driver.invariants;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IdsTest {

  private static final UUID ONE = UUID.fromString("01a222b0-7eb5-7721-be5b-b19105ab6c36");
  private static final UUID TWO = UUID.fromString("01a222b0-7eb5-7721-be5b-b19105ab6c37");

  @Test
  void the_same_ids_in_another_order_are_the_same() {
    assertThat(differences(List.of(ONE, TWO), List.of(TWO, ONE))).isEmpty();
  }

  @Test
  void each_id_that_only_one_has_is_told() {
    assertThat(differences(List.of(ONE), List.of(TWO)))
        .containsExactly(
            ONE + " is 1 times among the sent and 0 times among the arrived",
            TWO + " is 0 times among the sent and 1 times among the arrived");
  }

  @Test
  void an_id_that_is_there_twice_is_told() {
    assertThat(differences(List.of(ONE), List.of(ONE, ONE)))
        .containsExactly(ONE + " is 1 times among the sent and 2 times among the arrived");
  }

  @Test
  void of_many_only_some_are_told() {
    List<UUID> many = Stream.generate(UUID::randomUUID).limit(25).toList();

    assertThat(differences(many, Collections.emptyList())).hasSize(11).endsWith("and 15 more");
  }

  private static List<String> differences(List<UUID> sent, List<UUID> arrived) {
    List<String> wrong = new ArrayList<>();
    Ids.same(Ids.of("sent", sent), Ids.of("arrived", arrived), wrong::add);
    return wrong;
  }
}
