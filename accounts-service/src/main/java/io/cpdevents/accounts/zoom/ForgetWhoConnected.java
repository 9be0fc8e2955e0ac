package io.cpdevents.accounts.zoom;

import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The name under which a person who is erased has connected an organization with Zoom is forgotten;
 * the connection is the organization's and goes on.
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
