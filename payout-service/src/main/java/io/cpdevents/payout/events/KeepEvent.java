package io.cpdevents.payout.events;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Registration-service tells about an event, and we remember when it ends. */
@Component
public class KeepEvent {

  private final KnownEvents events;

  KeepEvent(KnownEvents events) {
    this.events = events;
  }

  /** Keeps the newest version that was told. */
  @Transactional
  public void handle(KnownEvent event) {
    events.keep(event);
  }
}
