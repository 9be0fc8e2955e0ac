package io.cpdevents.registration.events;

import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The job that cancels an event's registrations has come further. */
@Component
public class AdvanceEventCancellation {

  private final EventCancellations cancellations;

  AdvanceEventCancellation(EventCancellations cancellations) {
    this.cancellations = cancellations;
  }

  /** Counts registrations that the surrounding transaction has cancelled. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(UUID eventId, int cancelledRegistrations) {
    cancellations.addCancelled(eventId, cancelledRegistrations);
  }
}
