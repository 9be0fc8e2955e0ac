package io.cpdevents.registration.checkin;

import io.cpdevents.contracts.registration.RegistrationEvent.CheckInUndone;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
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

/** Staff take back that somebody has come: the wrong ticket was scanned. */
@Component
public class UndoCheckIn {

  private final CheckIns checkIns;
  private final Outbox outbox;
  private final AuditTrail audit;
  private final Clock clock;

  UndoCheckIn(CheckIns checkIns, Outbox outbox, AuditTrail audit, Clock clock) {
    this.checkIns = checkIns;
    this.outbox = outbox;
    this.audit = audit;
    this.clock = clock;
  }

  /** A ticket with which nobody has come after all. */
  public record Command(UUID eventId, UUID ticketId) {}

  /**
   * Takes all scans of the ticket back; nothing happens when there are none. One that is uploaded
   * once more stays undone.
   *
   * @throws RuleViolation {@code event-not-found}, {@code role-missing} or {@code ticket-not-found}
   */
  @Transactional
  public void handle(Command command, Caller caller) {
    Doors doors =
        checkIns
            .doors(command.eventId())
            .orElseThrow(() -> RegistrationProblem.EVENT_NOT_FOUND.violation());
    caller.requireRole(
        doors.organizationId(),
        RegistrationProblem.EVENT_NOT_FOUND,
        OrganizationRole.ADMIN,
        OrganizationRole.STAFF);
    UUID registrationId =
        checkIns
            .registrationOf(command.eventId(), command.ticketId())
            .orElseThrow(() -> RegistrationProblem.TICKET_NOT_FOUND.violation());
    checkIns.lockRegistrations(List.of(registrationId));
    Presence before =
        Presence.of(
            checkIns
                .scans(List.of(command.ticketId()))
                .getOrDefault(command.ticketId(), List.of()));
    if (before.last() == null) {
      return;
    }
    Instant now = clock.instant();
    checkIns.undo(command.ticketId(), caller.accountId(), now);
    checkIns.save(command.ticketId(), Presence.of(List.of()));
    Scan first = before.first();
    if (first == null) {
      return;
    }
    outbox.append(
        new CheckInUndone(
            registrationId,
            checkIns.buyer(registrationId),
            doors.eventId(),
            doors.organizationId(),
            command.ticketId(),
            now));
    audit.record(
        "ticket.check-in-undone",
        "ticket",
        command.ticketId().toString(),
        doors.organizationId(),
        new Change(
            Map.of(
                "checkedInAt", first.scannedAt().toString(),
                "checkedInBy", first.scannedBy().toString()),
            Map.of(),
            Map.of("eventId", doors.eventId().toString())));
  }
}
