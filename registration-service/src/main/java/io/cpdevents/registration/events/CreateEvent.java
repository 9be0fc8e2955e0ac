package io.cpdevents.registration.events;

import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationRole;
import java.time.Clock;
import java.util.Currency;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** An owner or admin drafts an event; only its organization sees it until it is published. */
@Component
public class CreateEvent {

  private final Events events;
  private final EventQueries queries;
  private final AuditTrail audit;
  private final Clock clock;

  CreateEvent(Events events, EventQueries queries, AuditTrail audit, Clock clock) {
    this.events = events;
    this.queries = queries;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * An event to create.
   *
   * @param eventId the same when the same request comes again
   */
  public record Command(UUID eventId, UUID organizationId, Currency currency, EventTerms terms) {}

  /**
   * Creates the event as a draft.
   *
   * @throws RuleViolation {@code organization-not-found}, {@code role-missing} or {@code
   *     invalid-request}
   */
  @Transactional
  public EventView handle(Command command, Caller caller) {
    caller.requireRole(command.organizationId(), OrganizationRole.ADMIN);
    Event event =
        Event.draft(
            command.eventId(),
            command.organizationId(),
            command.currency(),
            command.terms(),
            clock.instant());
    if (events.insert(event)) {
      audit.record(
          "event.created",
          "event",
          event.id().toString(),
          event.organizationId(),
          Change.between(null, event.terms()));
    }
    return queries.view(event.id());
  }
}
