package io.cpdevents.registration.events;

import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.web.IfMatch;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * An owner or admin cancels an event: nothing is sold from then on, and a job cancels and refunds
 * every registration.
 */
@Component
public class CancelEvent {

  private final EventEditing editing;
  private final EventCancellations cancellations;
  private final EventCancellationQueries queries;
  private final EventCancellationTasks tasks;
  private final Clock clock;

  CancelEvent(
      EventEditing editing,
      EventCancellations cancellations,
      EventCancellationQueries queries,
      EventCancellationTasks tasks,
      Clock clock) {
    this.editing = editing;
    this.cancellations = cancellations;
    this.queries = queries;
    this.tasks = tasks;
    this.clock = clock;
  }

  /**
   * A cancellation.
   *
   * @param cancellationId the same when the same request comes again
   * @param seen the version that the caller has seen
   * @param keepFeeBasisPoints the share of each payment that the organization keeps
   */
  public record Command(
      UUID cancellationId, UUID eventId, IfMatch seen, String reason, int keepFeeBasisPoints) {}

  /**
   * Cancels the event; asking for the same again changes nothing.
   *
   * @return how far its cancellation has come
   * @throws RuleViolation {@code event-not-found}, {@code role-missing}, {@code event-cancelled}
   *     when it was cancelled on other terms, {@code changed-meanwhile}, {@code event-over} or
   *     {@code wrong-state}
   */
  @Transactional
  public EventCancellationView handle(Command command, Caller caller) {
    Event event = editing.lockForCancellation(command.eventId(), caller);
    Optional<EventCancellation> before = cancellations.find(event.id());
    if (before.filter(cancellation -> cancellation.isAskedForBy(command)).isEmpty()) {
      cancel(event, command);
    }
    return queries.find(event.id()).orElseThrow();
  }

  /** From the commit on nobody gets places: the statements that take them ask for the status. */
  private void cancel(Event event, Command command) {
    command.seen().require(event.version());
    Instant now = clock.instant();
    editing.save(event.cancel(now), "event.cancelled");
    int registrations = cancellations.countLiveRegistrations(event.id());
    cancellations.insert(EventCancellation.requested(command, registrations, now));
    tasks.start(event.id());
  }
}
