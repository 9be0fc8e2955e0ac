package io.cpdevents.payout.events;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Stores what payouts need to know of an event, above all when it ends, as registration-service
 * publishes it.
 */
@Component
public class KeepEvent {

  private final KnownEvents events;

  KeepEvent(KnownEvents events) {
    this.events = events;
  }

  /** Stores the event, unless this version or a newer one is stored. */
  @Transactional
  public void handle(KnownEvent event) {
    events.keep(event);
  }
}
