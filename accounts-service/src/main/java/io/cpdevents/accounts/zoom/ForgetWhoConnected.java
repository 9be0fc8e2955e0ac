package io.cpdevents.accounts.zoom;

import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * As whom a person who is erased has connected an organization with Zoom is forgotten. The
 * connection has ended when they left the organization; of one that had been broken before this is
 * left.
 */
@Component
public class ForgetWhoConnected {

  private final ZoomConnections connections;

  ForgetWhoConnected(ZoomConnections connections) {
    this.connections = connections;
  }

  /** Forgets it. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(UUID accountId) {
    connections.forgetNamesOf(accountId);
  }
}
