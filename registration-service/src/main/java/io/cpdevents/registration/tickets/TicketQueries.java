package io.cpdevents.registration.tickets;

import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.security.PlatformRole;
import io.cpdevents.registration.RegistrationProblem;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What people can read about tickets. */
@Component
public class TicketQueries {

  private final Tickets tickets;

  TicketQueries(Tickets tickets) {
    this.tickets = tickets;
  }

  /**
   * A ticket, for the buyer, members of the event's organization and the platform's support.
   *
   * @throws RuleViolation {@code ticket-not-found}
   */
  public IssuedTicketView get(UUID id, Caller caller) {
    return tickets
        .find(id)
        .filter(ticket ->
            ticket.accountId().equals(caller.accountId())
                || caller.has(PlatformRole.PLATFORM_SUPPORT)
                || caller.roleIn(ticket.event().organizationId()) != null)
        .map(IssuedTicketView::of)
        .orElseThrow(() -> RegistrationProblem.TICKET_NOT_FOUND.violation());
  }

  /**
   * Whether buyers may give tickets of an event to others, for members of its organization.
   *
   * @throws RuleViolation {@code event-not-found}
   */
  public TransferRules rules(UUID eventId, Caller caller) {
    UUID organizationId =
        tickets
            .event(eventId)
            .orElseThrow(() -> RegistrationProblem.EVENT_NOT_FOUND.violation())
            .organizationId();
    caller.requireRole(
        organizationId,
        RegistrationProblem.EVENT_NOT_FOUND,
        OrganizationRole.ADMIN,
        OrganizationRole.FINANCE,
        OrganizationRole.STAFF);
    return tickets.rules(eventId).orElse(TransferRules.DEFAULT);
  }
}
