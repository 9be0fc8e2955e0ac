package io.cpdevents.registration.events;

import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.security.PlatformRole;
import io.cpdevents.registration.RegistrationProblem;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What can be read about the cancellation of an event. */
@Component
public class EventCancellationQueries {

  private final Events events;
  private final EventCancellations cancellations;

  EventCancellationQueries(Events events, EventCancellations cancellations) {
    this.events = events;
    this.cancellations = cancellations;
  }

  /**
   * On which terms registrations are cancelled.
   *
   * @param keepFeeBasisPoints the share of what was paid that the organization keeps
   * @param requestedAt since when the event is cancelled
   */
  public record Terms(String reason, int keepFeeBasisPoints, Instant requestedAt) {}

  /**
   * How far the cancellation of an event has come, for owners, admins and finance of its
   * organization, and the platform's finance and support.
   *
   * @throws RuleViolation {@code event-not-found}, {@code role-missing} or {@code
   *     cancellation-not-found} when the event is not cancelled
   */
  public EventCancellationView get(UUID eventId, Caller caller) {
    UUID organizationId =
        events
            .find(eventId)
            .map(found -> found.event().organizationId())
            .orElseThrow(() -> RegistrationProblem.EVENT_NOT_FOUND.violation());
    if (!caller.has(PlatformRole.PLATFORM_FINANCE, PlatformRole.PLATFORM_SUPPORT)) {
      caller.requireRole(
          organizationId,
          RegistrationProblem.EVENT_NOT_FOUND,
          OrganizationRole.ADMIN,
          OrganizationRole.FINANCE);
    }
    return find(eventId).orElseThrow(() -> RegistrationProblem.CANCELLATION_NOT_FOUND.violation());
  }

  /** The terms of a cancellation whose job has not ended; empty when there is none. */
  public Optional<Terms> running(UUID eventId) {
    return cancellations
        .find(eventId)
        .filter(cancellation -> cancellation.doneAt() == null)
        .map(cancellation ->
            new Terms(
                cancellation.reason(),
                cancellation.keepFeeBasisPoints(),
                cancellation.requestedAt()));
  }

  /** How far the cancellation of an event has come, whoever asks. */
  Optional<EventCancellationView> find(UUID eventId) {
    return cancellations
        .find(eventId)
        .map(found -> EventCancellationView.of(found, cancellations.refunds(eventId)));
  }
}
