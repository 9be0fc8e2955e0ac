package io.cpdevents.gateway.callers;

import io.cpdevents.gateway.connections.Connections;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Whether the next caller can be served, and lately all could: a part of readiness, not of
 * liveness.
 */
@Component("places")
class PlacesHealth implements HealthIndicator {

  private final RequestsUnderWay requests;
  private final Connections connections;

  PlacesHealth(RequestsUnderWay requests, Connections connections) {
    this.requests = requests;
    this.connections = connections;
  }

  @Override
  public Health health() {
    return requests.turnPeopleAway() || connections.keepCallersWaiting()
        ? Health.outOfService().build()
        : Health.up().build();
  }
}
