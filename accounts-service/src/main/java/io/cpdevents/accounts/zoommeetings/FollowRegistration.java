package io.cpdevents.accounts.zoommeetings;

import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * A registration was confirmed, or something of it was cancelled. Who attends is asked of
 * registration-service when it is Zoom's turn, so it does not matter in which order this is heard.
 */
@Component
public class FollowRegistration {

  private final ZoomRegistrations registrations;
  private final Clock clock;

  FollowRegistration(ZoomRegistrations registrations, Clock clock) {
    this.registrations = registrations;
    this.clock = clock;
  }

  /** Whose registration it is, and for which event. */
  public record Command(UUID registrationId, UUID eventId, UUID accountId) {}

  /** Notes that it has changed; twice is once. */
  @Transactional
  public void handle(Command command) {
    registrations.note(
        command.registrationId(), command.eventId(), command.accountId(), clock.instant());
  }
}
