package io.cpdevents.registration.tickets;

import io.cpdevents.contracts.registration.RegistrationEvent.TicketTransferred;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.messaging.Outbox;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.web.IfMatch;
import io.cpdevents.registration.RegistrationProblem;
import io.cpdevents.registration.registrations.Attendee;
import io.cpdevents.registration.registrations.TicketCode;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * A buyer, or the organization, gives a ticket to somebody else: it gets a new code, and the old
 * one lets nobody in any more. A name that is corrected leaves the code as it is.
 */
@Component
public class TransferTicket {

  private final Tickets tickets;
  private final TicketQueries queries;
  private final Outbox outbox;
  private final AuditTrail audit;
  private final Clock clock;

  TransferTicket(
      Tickets tickets, TicketQueries queries, Outbox outbox, AuditTrail audit, Clock clock) {
    this.tickets = tickets;
    this.queries = queries;
    this.outbox = outbox;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * A ticket that is for somebody else.
   *
   * @param seen the version that the caller has seen
   * @param change makes the new holder from the present one
   */
  public record Command(UUID ticketId, IfMatch seen, UnaryOperator<TicketHolder> change) {}

  /**
   * Gives the ticket to somebody else; nothing happens when it is theirs. Whoever checks it in at
   * the same moment is first, and it stays where it is, or last, and its old code is refused.
   *
   * @throws RuleViolation {@code ticket-not-found}, {@code role-missing}, {@code
   *     changed-meanwhile}, {@code invalid-request} or what {@link
   *     IssuedTicket#requireTransferable} refuses
   */
  @Transactional
  public IssuedTicketView handle(Command command, Caller caller) {
    UUID id = command.ticketId();
    IssuedTicket seen =
        tickets.find(id).orElseThrow(() -> RegistrationProblem.TICKET_NOT_FOUND.violation());
    boolean byOrganization = isByOrganization(seen, caller);
    tickets.lock(seen);
    IssuedTicket before = tickets.find(id).orElseThrow();
    command.seen().require(before.version());
    Attendee attendee = command.change().apply(new TicketHolder(before.attendee())).attendee();
    if (!attendee.equals(before.attendee())) {
      Instant now = clock.instant();
      before.requireTransferable(byOrganization, now);
      transfer(before, attendee, caller, now);
    }
    return queries.get(id, caller);
  }

  /** A buyer who is also an owner or admin acts for the organization. */
  private static boolean isByOrganization(IssuedTicket ticket, Caller caller) {
    UUID organizationId = ticket.event().organizationId();
    if (caller.hasRole(organizationId, OrganizationRole.ADMIN)) {
      return true;
    }
    if (!ticket.accountId().equals(caller.accountId())) {
      throw caller.roleIn(organizationId) == null
          ? RegistrationProblem.TICKET_NOT_FOUND.violation()
          : CommonProblem.ROLE_MISSING.violation();
    }
    return false;
  }

  private void transfer(IssuedTicket before, Attendee attendee, Caller caller, Instant now) {
    boolean codeChanges = before.goesToAnother(attendee);
    UUID changeId = Ids.next();
    tickets.save(
        new Tickets.Change(
            changeId,
            before,
            attendee,
            codeChanges ? TicketCode.next() : null,
            caller.accountId(),
            now));
    outbox.append(
        new TicketTransferred(
            before.registrationId(),
            before.accountId(),
            before.event().id(),
            before.event().organizationId(),
            before.id(),
            changeId,
            codeChanges,
            now));
    audit.record(
        codeChanges ? "ticket.transferred" : "ticket.renamed",
        "ticket",
        before.id().toString(),
        before.event().organizationId(),
        // Names and addresses may not stand in the log.
        new Change(
            Map.of("version", Long.toString(before.version())),
            Map.of("version", Long.toString(before.version() + 1)),
            Map.of(
                "registrationId", before.registrationId().toString(),
                "changeId", changeId.toString())));
  }
}
