package io.cpdevents.registration.tickets;

import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.registration.RegistrationProblem;
import io.cpdevents.registration.events.EventStatus;
import io.cpdevents.registration.tickets.Tickets.OwnEvent;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** An owner or admin decides whether and until when buyers may give tickets to others. */
@Component
public class SetTransferRules {

  private final Tickets tickets;
  private final AuditTrail audit;

  SetTransferRules(Tickets tickets, AuditTrail audit) {
    this.tickets = tickets;
    this.audit = audit;
  }

  /** What is decided for an event. */
  public record Command(UUID eventId, TransferRules rules) {}

  /**
   * Decides it, for tickets that were booked before too.
   *
   * @throws RuleViolation {@code event-not-found}, {@code role-missing} or {@code event-cancelled}
   */
  @Transactional
  public TransferRules handle(Command command, Caller caller) {
    OwnEvent event =
        tickets
            .event(command.eventId())
            .orElseThrow(() -> RegistrationProblem.EVENT_NOT_FOUND.violation());
    caller.requireRole(
        event.organizationId(), RegistrationProblem.EVENT_NOT_FOUND, OrganizationRole.ADMIN);
    if (event.status() == EventStatus.CANCELLED) {
      throw RegistrationProblem.EVENT_CANCELLED.violation();
    }
    TransferRules before = tickets.rules(command.eventId()).orElse(TransferRules.DEFAULT);
    if (!before.equals(command.rules())) {
      tickets.save(command.eventId(), command.rules());
      audit.record(
          "event.transfers-changed",
          "event",
          command.eventId().toString(),
          event.organizationId(),
          Change.between(before, command.rules()));
    }
    return command.rules();
  }
}
