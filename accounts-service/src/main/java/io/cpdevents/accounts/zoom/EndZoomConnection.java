package io.cpdevents.accounts.zoom;

import java.time.Clock;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** A connection ends; if it has tokens that count, Zoom is told once the transaction commits. */
@Component
class EndZoomConnection {

  private final ZoomConnections connections;
  private final ZoomTasks tasks;
  private final Clock clock;

  EndZoomConnection(ZoomConnections connections, ZoomTasks tasks, Clock clock) {
    this.connections = connections;
    this.tasks = tasks;
    this.clock = clock;
  }

  /** Ends it: it is locked, and its table leads to this state. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(ZoomConnection connection, ZoomConnectionStatus to) {
    connections.move(connection, to, clock.instant());
    if (to == ZoomConnectionStatus.DISCONNECTING) {
      tasks.revoke(connection.id());
    }
  }
}
