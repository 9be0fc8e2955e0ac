package io.cpdevents.local;

import org.jspecify.annotations.Nullable;

/**
 * A component as the control API tells it.
 *
 * @param pid of its process; null when none runs
 * @param health {@code UP} or {@code DOWN}, asked just now; also of a stopped service, which may
 *     run in an IDE
 * @param startSeconds from its last start until it was ready; null when it is not
 * @param memoryMegabytes resident; null when no process runs
 * @param problem why it does not run; null when it does
 */
public record ComponentStatus(
    String name,
    ComponentState state,
    @Nullable Long pid,
    int port,
    String health,
    @Nullable Double startSeconds,
    @Nullable Long memoryMegabytes,
    @Nullable String problem) {

  /** Whether it is up and answers. */
  public boolean answers() {
    return health.equals("UP");
  }
}
