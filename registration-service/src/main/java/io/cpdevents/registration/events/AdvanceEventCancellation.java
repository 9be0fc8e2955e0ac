package io.cpdevents.registration.events;

import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Records how many registrations of a cancelled event were cancelled by now. */
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
