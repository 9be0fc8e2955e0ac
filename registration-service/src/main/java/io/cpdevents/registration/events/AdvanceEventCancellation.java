package io.cpdevents.registration.events;

import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The job that cancels an event's registrations has come further. */
@Component
public class AdvanceEventCancellation {

  private final EventCancellations cancellations;
  private final Clock clock;

  AdvanceEventCancellation(EventCancellations cancellations, Clock clock) {
    this.cancellations = cancellations;
    this.clock = clock;
  }

  /** Counts registrations that the surrounding transaction has cancelled. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(UUID eventId, int cancelledRegistrations) {
    cancellations.addCancelled(eventId, cancelledRegistrations);
  }

  /**
   * Ends the cancellation, if no registration is held or confirmed any more.
   *
   * @return whether it has ended by this
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public boolean finish(UUID eventId) {
    return cancellations.finish(eventId, clock.instant());
  }
}
