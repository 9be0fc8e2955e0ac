package io.cpdevents.registration.events;

import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The cancellation of an event ends when no registration is held or confirmed any more. */
@Component
public class FinishEventCancellation {

  private final EventCancellations cancellations;
  private final Clock clock;

  FinishEventCancellation(EventCancellations cancellations, Clock clock) {
    this.cancellations = cancellations;
    this.clock = clock;
  }

  /** Returns whether it has ended by this. */
  @Transactional(propagation = Propagation.MANDATORY)
  public boolean handle(UUID eventId) {
    return cancellations.finish(eventId, clock.instant());
  }
}
