package io.cpdevents.registration.checkin;

import io.cpdevents.contracts.registration.RegistrationEvent.TicketCheckedIn;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.messaging.Outbox;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.registration.RegistrationProblem;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * A scanner that was offline uploads whom it has let in: of those whom several scanners have seen
 * the earliest counts, and each scan gets its answer by what was true at its time.
 */
@Component
public class SettleScans {

  /** More is nobody who goes in and out, and every scan reads all of its ticket. */
  static final int MAX_SCANS_OF_TICKET = 200;

  private final CheckIns checkIns;
  private final Outbox outbox;
  private final Clock clock;

  SettleScans(CheckIns checkIns, Outbox outbox, Clock clock) {
    this.checkIns = checkIns;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** What a scanner has seen. */
  public record Command(UUID eventId, List<Upload> scans) {}

  /**
   * One scan.
   *
   * @param at by the scanner's clock
   */
  public record Upload(String ticketCode, Instant at, ScanDirection direction) {}

  /** A scan that counts, with its ticket; or the answer of one that does not. */
  private record Placed(
      @Nullable Scan scan, @Nullable TicketAtDoor ticket, @Nullable SettledScan refusal) {}

  /**
   * Settles the scans, in whatever order they come; what was uploaded before changes nothing.
   *
   * @return one answer for each scan, in their order
   * @throws RuleViolation {@code event-not-found}, {@code role-missing} or {@code check-in-closed}
   */
  @Transactional
  public List<SettledScan> handle(Command command, Caller caller) {
    Doors doors =
        checkIns
            .doors(command.eventId())
            .orElseThrow(() -> RegistrationProblem.EVENT_NOT_FOUND.violation());
    caller.requireRole(
        doors.organizationId(),
        RegistrationProblem.EVENT_NOT_FOUND,
        OrganizationRole.ADMIN,
        OrganizationRole.STAFF);
    Instant now = clock.instant();
    doors.requireUploads(now);
    List<String> codes =
        command.scans().stream().map(scan -> ScannedCode.of(scan.ticketCode())).distinct().toList();
    checkIns.lockRegistrations(
        checkIns.tickets(doors.eventId(), codes).values().stream()
            .map(TicketAtDoor::registrationId)
            .distinct()
            .toList());
    // Read anew: meanwhile some may have been cancelled, or given to somebody else.
    Map<String, TicketAtDoor> tickets = checkIns.tickets(doors.eventId(), codes);
    Map<UUID, List<Scan>> scans = knownScans(tickets.values());
    Map<UUID, Presence> before = Presence.byTicket(scans);
    List<Scan> added = new ArrayList<>();
    List<Placed> placed = new ArrayList<>();
    for (Upload upload : command.scans()) {
      placed.add(place(upload, doors, tickets, scans, added, caller, now));
    }
    Map<UUID, Presence> after = Presence.byTicket(scans);
    checkIns.insert(added, now);
    save(tickets.values(), before, after, doors);
    return placed.stream().map(each -> answer(each, after)).toList();
  }

  /** Lists that can be added to, one for each ticket. */
  private Map<UUID, List<Scan>> knownScans(Collection<TicketAtDoor> tickets) {
    Map<UUID, List<Scan>> known =
        checkIns.scans(tickets.stream().map(TicketAtDoor::ticketId).distinct().toList());
    Map<UUID, List<Scan>> scans = new LinkedHashMap<>();
    tickets.forEach(ticket ->
        scans.put(
            ticket.ticketId(), new ArrayList<>(known.getOrDefault(ticket.ticketId(), List.of()))));
    return scans;
  }

  private static Placed place(
      Upload upload,
      Doors doors,
      Map<String, TicketAtDoor> tickets,
      Map<UUID, List<Scan>> scans,
      List<Scan> added,
      Caller caller,
      Instant now) {
    TicketAtDoor ticket = tickets.get(ScannedCode.of(upload.ticketCode()));
    if (ticket == null) {
      return refused(ScanResult.TICKET_NOT_VALID, null);
    }
    // First: the code that was given away is not the one that was seen at the same moment.
    if (!ticket.isValidAt(upload.at())) {
      return refused(ScanResult.TICKET_NOT_VALID, ticket);
    }
    List<Scan> ofTicket = Objects.requireNonNull(scans.get(ticket.ticketId()));
    Optional<Scan> known =
        ofTicket.stream()
            .filter(scan ->
                scan.isSameAs(
                    ticket.ticketId(), upload.direction(), upload.at(), caller.accountId()))
            .findFirst();
    if (known.isPresent()) {
      return new Placed(known.get(), ticket, null);
    }
    Optional<ScanResult> refusal = doors.refusal(upload.at(), now);
    if (refusal.isPresent()) {
      return refused(refusal.get(), ticket);
    }
    if (ofTicket.size() >= MAX_SCANS_OF_TICKET) {
      return refused(ScanResult.TOO_MANY_SCANS, ticket);
    }
    Scan scan =
        new Scan(
            Ids.next(),
            ticket.ticketId(),
            upload.direction(),
            upload.at(),
            caller.accountId(),
            null);
    ofTicket.add(scan);
    added.add(scan);
    return new Placed(scan, ticket, null);
  }

  private static Placed refused(ScanResult result, @Nullable TicketAtDoor ticket) {
    return new Placed(null, ticket, SettledScan.refused(result, ticket));
  }

  private void save(
      Collection<TicketAtDoor> tickets,
      Map<UUID, Presence> before,
      Map<UUID, Presence> after,
      Doors doors) {
    Map<UUID, TicketAtDoor> byId = new LinkedHashMap<>();
    tickets.forEach(ticket -> byId.put(ticket.ticketId(), ticket));
    byId.forEach((ticketId, ticket) -> {
      Presence was = Objects.requireNonNull(before.get(ticketId));
      Presence is = Objects.requireNonNull(after.get(ticketId));
      if (is.equals(was)) {
        return;
      }
      checkIns.save(ticketId, is);
      Instant checkedInAt = is.checkedInAt();
      if (checkedInAt != null && !checkedInAt.equals(was.checkedInAt())) {
        outbox.append(
            new TicketCheckedIn(
                ticket.registrationId(),
                ticket.accountId(),
                doors.eventId(),
                doors.organizationId(),
                ticketId,
                checkedInAt));
      }
    });
  }

  private static SettledScan answer(Placed placed, Map<UUID, Presence> presences) {
    if (placed.refusal() != null) {
      return placed.refusal();
    }
    TicketAtDoor ticket = Objects.requireNonNull(placed.ticket());
    return SettledScan.of(
        Objects.requireNonNull(placed.scan()),
        ticket,
        Objects.requireNonNull(presences.get(ticket.ticketId())));
  }
}
