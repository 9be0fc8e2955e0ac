package io.cpdevents.gateway.connections;

import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/** Has callers who keep their connections waiting give way to others. */
@Component
public final class SlowestConnections {

  private final Connections connections;

  SlowestConnections(Connections connections) {
    this.connections = connections;
  }

  /**
   * Ends the request of one of these connections: of those that are kept waiting by their callers,
   * who send a body or take an answer, the slowest. False when none is.
   */
  public boolean endOne(Predicate<String> which) {
    return connections.endSlowest(which);
  }
}
