package io.cpdevents.gateway.callers;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Counts what each caller holds at the moment. A caller that holds nothing takes no memory. */
final class Shares<K> {

  private final ConcurrentMap<K, Integer> held = new ConcurrentHashMap<>();

  /** Takes as much more, unless the caller would then hold more than {@code most}. */
  boolean take(K caller, int more, int most) {
    boolean[] taken = new boolean[1];
    held.compute(
        caller,
        (_, before) -> {
          int now = before == null ? 0 : before;
          taken[0] = now + more <= most;
          return taken[0] ? Integer.valueOf(now + more) : before;
        });
    return taken[0];
  }

  void giveBack(K caller, int less) {
    held.computeIfPresent(caller, (_, now) -> now > less ? Integer.valueOf(now - less) : null);
  }
}
