package io.cpdevents.registration.organizations;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * An organization is about to be closed: if nothing of it is on sale, nothing is put on sale either
 * for as long as that may take.
 */
@Component
public class PrepareClosing {

  static final String EVENTS = "events";

  /** Longer than any request takes; whoever has died has the organization go on after it. */
  static final Duration MAX_CLOSING_TIME = Duration.ofMinutes(10);

  private final ClosedOrganizations closed;
  private final Clock clock;

  PrepareClosing(ClosedOrganizations closed, Clock clock) {
    this.closed = closed;
    this.clock = clock;
  }

  /** Prepares it; answers what is in its way, and then nothing has changed. */
  @Transactional
  public List<String> handle(UUID organizationId) {
    closed.lock(organizationId);
    Instant now = clock.instant();
    if (closed.hasEventsAhead(organizationId, now)) {
      return List.of(EVENTS);
    }
    closed.reserve(organizationId, now.plus(MAX_CLOSING_TIME));
    return List.of();
  }
}
