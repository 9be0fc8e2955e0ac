package io.cpdevents.gateway.callers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cpdevents.gateway.problem.Refusal;
import org.junit.jupiter.api.Test;

class MemoryForBodiesTest {

  private static final int LARGE = 1024 * 1024;

  private final MemoryForBodies memory = new MemoryForBodies();

  @Test
  void large_bodies_of_one_network_take_a_quarter_and_small_ones_are_always_read() {
    MemoryForBodies.Taken first = memory.of("192.0.2.1");
    first.growTo(LARGE);
    for (int i = 1; i < MemoryForBodies.MAX_BYTES_OF_NETWORK / LARGE; i++) {
      memory.of("192.0.2.1").growTo(LARGE);
    }

    Refusal refused =
        catchThrowableOfType(Refusal.class, () -> memory.of("192.0.2.1").growTo(LARGE));

    assertThat(refused.status()).isEqualTo(429);
    memory.of("192.0.2.1").growTo(MemoryForBodies.MAX_UNCOUNTED_BYTES);
    memory.of("192.0.2.2").growTo(LARGE);
    first.close();
    memory.of("192.0.2.1").growTo(LARGE);
  }

  @Test
  void without_memory_a_large_body_is_refused_and_a_small_one_is_not() {
    for (int i = 0; i < MemoryForBodies.MAX_BYTES / LARGE; i++) {
      memory.of("192.0.2." + i).growTo(LARGE);
    }

    Refusal refused =
        catchThrowableOfType(Refusal.class, () -> memory.of("192.0.2.200").growTo(LARGE));

    assertThat(refused.status()).isEqualTo(503);
    memory.of("192.0.2.200").growTo(MemoryForBodies.MAX_UNCOUNTED_BYTES);
  }
}
