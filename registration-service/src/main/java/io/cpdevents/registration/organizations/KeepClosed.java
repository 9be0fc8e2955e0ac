package io.cpdevents.registration.organizations;

import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** An organization is closed, for good. */
@Component
public class KeepClosed {

  private final ClosedOrganizations closed;

  KeepClosed(ClosedOrganizations closed) {
    this.closed = closed;
  }

  /** Keeps it. */
  @Transactional
  public void handle(UUID organizationId, Instant closedAt) {
    closed.close(organizationId, closedAt);
  }
}
