package io.cpdevents.registration.events;

import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.web.IfMatch;
import io.cpdevents.registration.usage.UsePublication;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** An owner or admin puts an event on sale; doing it again changes nothing. */
@Component
public class PublishEvent {

  /**
   * Which event.
   *
   * @param seen the version that the caller has seen
   */
  public record Command(UUID eventId, IfMatch seen) {}

  private final EventEditing editing;
  private final TicketTypes ticketTypes;
  private final UsePublication usePublication;
  private final EventQueries queries;
  private final Clock clock;

  PublishEvent(
      EventEditing editing,
      TicketTypes ticketTypes,
      UsePublication usePublication,
      EventQueries queries,
      Clock clock) {
    this.editing = editing;
    this.ticketTypes = ticketTypes;
    this.usePublication = usePublication;
    this.queries = queries;
    this.clock = clock;
  }

  /**
   * Publishes the event.
   *
   * @throws RuleViolation {@code event-not-found}, {@code role-missing}, {@code event-cancelled},
   *     {@code changed-meanwhile}, {@code incomplete} or {@code plan-limit-reached}
   */
  @Transactional
  public EventView handle(Command command, Caller caller) {
    UUID eventId = command.eventId();
    Event event = editing.lock(eventId, caller);
    command.seen().require(event.version());
    Instant now = clock.instant();
    event
        .publish(ticketTypes.countOf(eventId), now)
        .ifPresent(published -> {
          usePublication.handle(published.organizationId(), now);
          editing.save(published, "event.published");
        });
    return queries.view(eventId);
  }
}
