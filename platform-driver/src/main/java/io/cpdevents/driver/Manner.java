package io.cpdevents.driver;

import io.cpdevents.driver.http.Api;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How people act.
 *
 * @param patience how long they wait for something
 * @param repeats whether they send again what was not answered well
 * @param listener who is told what they do
 */
record Manner(Wait patience, boolean repeats, @Nullable Listener listener) {

  /** Everything is well, and nobody listens. */
  static final Manner USUAL = new Manner(Wait.atMost(Duration.ofSeconds(30)), false, null);

  /** Longer than a component is away. */
  private static final Wait THROUGH_FAULTS =
      Wait.atMost(Duration.ofSeconds(150)).lookingEvery(Duration.ofMillis(400));

  Manner heardBy(Listener other) {
    return new Manner(patience, repeats, other);
  }

  Manner repeating() {
    return new Manner(THROUGH_FAULTS, true, listener);
  }

  Api at(String url) {
    Api api = repeats ? Api.at(url).repeating(patience) : Api.at(url);
    return listener == null ? api : api.heardBy(listener);
  }

  <T> T await(String what, Wait wait, Supplier<Optional<T>> look) {
    if (listener == null) {
      return wait.untilThere(what, look);
    }
    listener.waitsFor(what);
    long began = System.nanoTime();
    T found = wait.untilThere(what, look);
    listener.cameTrue(what, Duration.ofNanos(System.nanoTime() - began));
    return found;
  }
}
