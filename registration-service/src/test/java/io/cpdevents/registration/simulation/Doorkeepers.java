package io.cpdevents.registration.simulation;

import io.cpdevents.platform.Ids;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.web.IfMatch;
import io.cpdevents.registration.checkin.CheckInTicket;
import io.cpdevents.registration.checkin.ScanDirection;
import io.cpdevents.registration.checkin.ScanResult;
import io.cpdevents.registration.checkin.SettleScans;
import io.cpdevents.registration.checkin.SettledScan;
import io.cpdevents.registration.checkin.UndoCheckIn;
import io.cpdevents.registration.registrations.Attendee;
import io.cpdevents.registration.simulation.ExpectedRegistration.Scan;
import io.cpdevents.registration.simulation.ExpectedRegistration.Ticket;
import io.cpdevents.registration.simulation.Play.Attempt;
import io.cpdevents.registration.simulation.Play.Habit;
import io.cpdevents.registration.tickets.TicketHolder;
import io.cpdevents.registration.tickets.TransferTicket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who goes through doors with which ticket, and who gives one away. */
final class Doorkeepers {

  private static final Duration A_DAY = Duration.ofDays(1);
  private static final Duration UPLOADS_AFTER_END = Duration.ofDays(30);
  private static final int MAX_CHANGES = 10;

  private final Play play;

  Doorkeepers(Play play) {
    this.play = play;
  }

  List<Habit> habits() {
    return List.of(
        new Habit(40, "scans a ticket", this::scans),
        new Habit(8, "takes a scan back", this::undoes),
        new Habit(14, "uploads scans", this::uploads),
        new Habit(18, "gives a ticket away", this::transfers));
  }

  /** A ticket with its registration. */
  private record Held(ExpectedRegistration registration, Ticket ticket) {

    ExpectedEvent event() {
      return registration.event;
    }
  }

  /** Of an event whose doors are open, if there is one. */
  private Optional<Held> aTicket(boolean atTheDoor) {
    Instant now = play.now();
    return play.any(
            play.registrations.values().stream()
                .filter(each -> play.in(12) || each.status.equals("confirmed"))
                .filter(each -> !atTheDoor || areDoorsOpen(each.event, now) || play.in(200)))
        .map(each -> new Held(each, play.any(each.tickets.values()).orElseThrow()));
  }

  private static boolean areDoorsOpen(ExpectedEvent event, Instant now) {
    return !now.isBefore(event.place().startsAt().minus(A_DAY))
        && now.isBefore(event.place().endsAt().plus(A_DAY));
  }

  /** The code of a ticket, or one that it had. */
  private String code(Ticket ticket) {
    return play.in(4) ? play.any(ticket.formerCodes.keySet()).orElse(ticket.code) : ticket.code;
  }

  private void scans() {
    aTicket(true).ifPresent(this::scans);
  }

  private void scans(Held held) {
    Ticket ticket = held.ticket();
    ExpectedEvent event = held.event();
    Instant now = play.now();
    String code = code(ticket);
    boolean in = !play.in(4);
    Set<String> reasons = new TreeSet<>();
    if (event.isCancelled()) {
      reasons.add("event-cancelled");
    }
    if (!areDoorsOpen(event, now)) {
      reasons.add("check-in-closed");
    }
    if (!held.registration().letsIn(ticket, code, now)) {
      reasons.add("ticket-not-valid");
    }
    if (in == ticket.isInside()) {
      reasons.add(in ? "already-checked-in" : "not-checked-in");
    }
    Caller staff = play.owner(event.organizationId);
    CheckInTicket.Command command =
        new CheckInTicket.Command(
            Ids.next(), event.id, code, in ? ScanDirection.IN : ScanDirection.OUT);
    Attempt<?> attempt = play.insists(() -> play.bean(CheckInTicket.class).handle(command, staff));
    String what = "ticket %s goes %s by %s".formatted(ticket.id, in ? "in" : "out", code);
    if (play.isDone(attempt, reasons, what)) {
      boolean isFirst = ticket.checkedInAt() == null;
      ticket.scans.add(new Scan(now, in, staff.accountId()));
      if (isFirst) {
        held.registration().told.add("in " + ticket.id + " at " + now);
      }
      play.note("goes through a door");
    }
  }

  private void undoes() {
    play.any(
            play.registrations.values().stream()
                .flatMap(
                    each -> each.tickets.values().stream().map(ticket -> new Held(each, ticket)))
                .filter(held -> !held.ticket().scans.isEmpty()))
        .ifPresent(held -> {
          Ticket ticket = held.ticket();
          Attempt<Boolean> attempt =
              play.insists(() -> {
                play.bean(UndoCheckIn.class)
                    .handle(
                        new UndoCheckIn.Command(held.event().id, ticket.id),
                        play.owner(held.event().organizationId));
                return true;
              });
          if (play.isDone(attempt, Set.of(), "scans of ticket " + ticket.id + " are undone")) {
            if (ticket.checkedInAt() != null) {
              held.registration().told.add("undone " + ticket.id);
            }
            ticket.scans.forEach(scan -> scan.undone = true);
            play.note("check-in undone");
          }
        });
  }

  /** What a scanner that was offline has seen, of tickets of several people. */
  private void uploads() {
    aTicket(true)
        .ifPresent(first -> {
          ExpectedEvent event = first.event();
          Instant now = play.now();
          Instant from = event.place().startsAt().minus(A_DAY);
          Instant to = event.place().endsAt().plus(A_DAY);
          Instant end = to.isBefore(now) ? to : now;
          if (!from.isBefore(end)) {
            return;
          }
          Caller staff = play.owner(event.organizationId);
          List<SettleScans.Upload> scans = new ArrayList<>();
          List<Held> tickets = new ArrayList<>();
          Set<UUID> registrations = new HashSet<>();
          long span = Math.max(1, Math.min(Duration.between(from, end).toSeconds(), 20_000));
          for (ExpectedRegistration each : event.registrations) {
            if (registrations.size() < 4 && play.in(3) && registrations.add(each.id)) {
              Ticket ticket = play.any(each.tickets.values()).orElseThrow();
              tickets.add(new Held(each, ticket));
              scans.add(
                  new SettleScans.Upload(
                      code(ticket),
                      end.minusSeconds(1 + play.chance.nextLong(span)),
                      play.in(4) ? ScanDirection.OUT : ScanDirection.IN));
            }
          }
          if (scans.isEmpty()) {
            return;
          }
          uploads(event, scans, tickets, staff);
          if (play.in(3)) {
            // The answer was lost, or another device has the same list.
            uploads(event, scans, tickets, staff);
          }
        });
  }

  private void uploads(
      ExpectedEvent event, List<SettleScans.Upload> scans, List<Held> tickets, Caller staff) {
    Instant now = play.now();
    Set<String> reasons =
        now.isBefore(event.place().endsAt().plus(UPLOADS_AFTER_END))
            ? Set.of()
            : Set.of("check-in-closed");
    Attempt<List<SettledScan>> attempt =
        play.insists(() ->
            play.bean(SettleScans.class).handle(new SettleScans.Command(event.id, scans), staff));
    if (!play.isDone(attempt, reasons, "scans are uploaded: " + scans)) {
      return;
    }
    play.note("scans uploaded");
    List<SettledScan> settled = Objects.requireNonNull(attempt.answer());
    for (int number = 0; number < scans.size(); number++) {
      SettleScans.Upload scan = scans.get(number);
      Held held = tickets.get(number);
      boolean counts = held.registration().letsIn(held.ticket(), scan.ticketCode(), scan.at());
      boolean isRefused = settled.get(number).result() == ScanResult.TICKET_NOT_VALID;
      play.require(counts != isRefused, "scan %s was answered with %s", scan, settled.get(number));
      if (counts) {
        adds(held, scan, staff.accountId());
      }
    }
  }

  private static void adds(Held held, SettleScans.Upload scan, UUID by) {
    Ticket ticket = held.ticket();
    boolean in = scan.direction() == ScanDirection.IN;
    if (ticket.scans.stream()
        .anyMatch(each -> each.at.equals(scan.at()) && each.in == in && each.by.equals(by))) {
      return;
    }
    @Nullable Instant before = ticket.checkedInAt();
    ticket.scans.add(new Scan(scan.at(), in, by));
    Instant after = ticket.checkedInAt();
    if (after != null && !after.equals(before)) {
      held.registration().told.add("in " + ticket.id + " at " + after);
    }
  }

  private void transfers() {
    aTicket(false)
        .ifPresent(held -> {
          Ticket ticket = held.ticket();
          ExpectedRegistration registration = held.registration();
          ExpectedEvent event = held.event();
          Instant now = play.now();
          boolean byBuyer = play.chance.nextBoolean();
          Set<String> reasons = new TreeSet<>();
          if (event.isCancelled()) {
            reasons.add("event-cancelled");
          }
          if (ticket.cancelledAt != null) {
            reasons.add("already-cancelled");
          }
          if (!registration.status.equals("confirmed")
              || (registration.paymentId != null
                  && registration.disputed.containsKey(registration.paymentId))) {
            reasons.add("wrong-state");
          }
          if (ticket.checkedInAt() != null) {
            reasons.add("already-checked-in");
          }
          if (byBuyer ? event.hasStarted(now) : event.isOver(now)) {
            reasons.add("transfer-closed");
          }
          if (ticket.changes >= MAX_CHANGES) {
            reasons.add("too-many-transfers");
          }
          Attendee other = new Attendee("Grace Hopper", Ids.next() + "@example.org");
          Attempt<?> attempt =
              play.insists(() ->
                  play.bean(TransferTicket.class)
                      .handle(
                          new TransferTicket.Command(
                              ticket.id, IfMatch.ANY, _ -> new TicketHolder(other)),
                          byBuyer
                              ? play.person(registration.account)
                              : play.owner(event.organizationId)));
          if (play.isDone(attempt, reasons, "ticket " + ticket.id + " is given away")) {
            ticket.formerCodes.put(ticket.code, now);
            ticket.changes++;
            ticket.code =
                play.jdbc
                    .sql("SELECT code FROM ticket WHERE id = :id")
                    .param("id", ticket.id)
                    .query(String.class)
                    .single();
            registration.told.add("transferred " + ticket.id);
            play.require(
                !ticket.formerCodes.containsKey(ticket.code),
                "ticket %s was given away with the code that it had",
                ticket.id);
            play.note("ticket transferred");
          }
        });
  }
}
