package io.cpdevents.gateway.connections;

import io.cpdevents.gateway.connections.Arrival.Pace;
import jakarta.servlet.http.HttpServletRequest;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.springframework.stereotype.Component;

/** The bodies that are being read, by the id of their connection. */
@Component
public final class Arrivals {

  private final ConcurrentMap<String, Arrival> reading = new ConcurrentHashMap<>();

  Arrivals() {}

  /**
   * Begins to read a request's body. When it comes too slowly its reader gets the exception of a
   * time-out, even while it waits within a single read.
   */
  public Arrival begin(HttpServletRequest request, Pace pace) {
    String connectionId = request.getServletConnection().getConnectionId();
    Arrival arrival = new Arrival(pace, System::nanoTime, () -> reading.remove(connectionId));
    reading.put(connectionId, arrival);
    return arrival;
  }

  /** How fast the body comes that is being read there; empty when none is, or not for long. */
  OptionalDouble bytesPerSecond(String connectionId) {
    Arrival arrival = reading.get(connectionId);
    return arrival == null ? OptionalDouble.empty() : arrival.bytesPerSecond();
  }

  boolean areNone() {
    return reading.isEmpty();
  }

  /** Ends what is being read there, whatever its pace; false when nothing is any more. */
  boolean end(String connectionId, Runnable end) {
    Arrival ended =
        reading.computeIfPresent(
            connectionId,
            (_, arrival) -> {
              end.run();
              return arrival;
            });
    return ended != null;
  }

  /** Never ends what comes after the body: its reader waits until it was looked at. */
  void endIfTooSlow(String connectionId, Runnable end) {
    reading.computeIfPresent(
        connectionId,
        (_, arrival) -> {
          if (arrival.isTooSlow()) {
            end.run();
          }
          return arrival;
        });
  }
}
