package io.cpdevents.registration.events;

import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.web.IfMatch;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * An owner or admin changes what belongs to an event and is kept elsewhere: it is another version
 * of the event, so that nobody registers by what was before.
 */
@Component
public class ChangeBelongings {

  private final EventEditing editing;
  private final TicketTypes ticketTypes;

  ChangeBelongings(EventEditing editing, TicketTypes ticketTypes) {
    this.editing = editing;
    this.ticketTypes = ticketTypes;
  }

  /**
   * A change.
   *
   * @param seen the version of the event that the caller has seen
   * @param action for the audit entry
   * @param change makes it, once the event is locked; empty when everything stays as it is
   */
  public record Command(
      UUID eventId, IfMatch seen, String action, Supplier<Optional<Change>> change) {}

  /**
   * Locks the event, and has it changed.
   *
   * @throws RuleViolation {@code event-not-found}, {@code role-missing}, {@code event-cancelled} or
   *     {@code changed-meanwhile}
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(Command command, Caller caller) {
    Event event = editing.lock(command.eventId(), caller);
    command.seen().require(event.version());
    command
        .change()
        .get()
        .ifPresent(change ->
            editing.saveForBelongings(
                event.withTicketTypes(ticketTypes.countOf(event.id())), command.action(), change));
  }
}
