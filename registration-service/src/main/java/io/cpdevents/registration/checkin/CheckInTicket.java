package io.cpdevents.registration.checkin;

import io.cpdevents.contracts.registration.RegistrationEvent.TicketCheckedIn;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.messaging.Outbox;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.registration.RegistrationProblem;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Staff at a door let somebody in by a ticket, once, or out. */
@Component
public class CheckInTicket {

  private final CheckIns checkIns;
  private final Outbox outbox;
  private final Clock clock;

  CheckInTicket(CheckIns checkIns, Outbox outbox, Clock clock) {
    this.checkIns = checkIns;
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * A ticket that is scanned.
   *
   * @param scanId the same when the same request comes again
   */
  public record Command(UUID scanId, UUID eventId, String ticketCode, ScanDirection direction) {}

  /**
   * Lets the holder through, if nobody is inside with the ticket (or, on the way out, somebody is).
   * Whoever scans it at the same moment waits for this one, and is refused.
   *
   * @throws RuleViolation {@code event-not-found}, {@code role-missing}, {@code event-cancelled},
   *     {@code check-in-closed}, {@code ticket-not-valid}, {@code already-checked-in} or {@code
   *     not-checked-in}
   */
  @Transactional
  public CheckInView handle(Command command, Caller caller) {
    Doors doors =
        checkIns
            .doors(command.eventId())
            .orElseThrow(() -> RegistrationProblem.EVENT_NOT_FOUND.violation());
    caller.requireRole(
        doors.organizationId(),
        RegistrationProblem.EVENT_NOT_FOUND,
        OrganizationRole.ADMIN,
        OrganizationRole.STAFF);
    doors.requireOpen(clock.instant());
    String code = ScannedCode.of(command.ticketCode());
    checkIns.lockRegistrations(List.of(ticket(doors, code).registrationId()));
    // Read anew: meanwhile it may have been cancelled, or given to somebody else.
    TicketAtDoor ticket = ticket(doors, code);
    // The time after the lock, so that whoever comes second is later.
    Instant now = clock.instant();
    List<Scan> scans =
        checkIns.scans(List.of(ticket.ticketId())).getOrDefault(ticket.ticketId(), List.of());
    Presence before = Presence.of(scans);
    if (before.results().containsKey(command.scanId())) {
      return repeated(ticket, before);
    }
    if (!ticket.isValidAt(now)) {
      throw RegistrationProblem.TICKET_NOT_VALID.violation();
    }
    require(before, command.direction());
    Scan scan =
        new Scan(
            command.scanId(),
            ticket.ticketId(),
            command.direction(),
            before.nextTime(now),
            caller.accountId(),
            null);
    Presence after = Presence.of(scans, scan);
    checkIns.insert(List.of(scan), now);
    checkIns.save(ticket.ticketId(), after);
    if (before.first() == null) {
      outbox.append(
          new TicketCheckedIn(
              ticket.registrationId(),
              ticket.accountId(),
              doors.eventId(),
              doors.organizationId(),
              ticket.ticketId(),
              scan.scannedAt()));
    }
    return CheckInView.of(ticket, after);
  }

  private TicketAtDoor ticket(Doors doors, String code) {
    TicketAtDoor ticket = checkIns.tickets(doors.eventId(), List.of(code)).get(code);
    if (ticket == null) {
      throw RegistrationProblem.TICKET_NOT_VALID.violation();
    }
    return ticket;
  }

  /** The same request has come before. */
  private static CheckInView repeated(TicketAtDoor ticket, Presence presence) {
    if (presence.first() == null) {
      // It was undone since.
      throw RegistrationProblem.NOT_CHECKED_IN.violation();
    }
    return CheckInView.of(ticket, presence);
  }

  private static void require(Presence presence, ScanDirection direction) {
    Scan entry = presence.entry();
    if (direction == ScanDirection.IN && entry != null) {
      throw RegistrationProblem.ALREADY_CHECKED_IN.violation(
          Map.of(
              "checkedInAt", entry.scannedAt().toString(),
              "checkedInBy", entry.scannedBy().toString()));
    }
    if (direction == ScanDirection.OUT && entry == null) {
      throw RegistrationProblem.NOT_CHECKED_IN.violation();
    }
  }
}
