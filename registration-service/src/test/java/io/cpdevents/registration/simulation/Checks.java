package io.cpdevents.registration.simulation;

import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.contracts.registration.RegistrationEvent;
import io.cpdevents.contracts.registration.RegistrationEvent.CheckInUndone;
import io.cpdevents.contracts.registration.RegistrationEvent.EventMoved;
import io.cpdevents.contracts.registration.RegistrationEvent.HoldEndChanged;
import io.cpdevents.contracts.registration.RegistrationEvent.RefundRequested;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationCancelled;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationConfirmed;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationExpired;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationHeld;
import io.cpdevents.contracts.registration.RegistrationEvent.TicketCheckedIn;
import io.cpdevents.contracts.registration.RegistrationEvent.TicketTransferred;
import io.cpdevents.contracts.registration.RegistrationEvent.TicketsCancelled;
import io.cpdevents.contracts.registration.UsageEvent.UsageMarkReached;
import io.cpdevents.contracts.registration.WaitlistEvent;
import io.cpdevents.contracts.registration.WaitlistEvent.OfferExpired;
import io.cpdevents.contracts.registration.WaitlistEvent.PlacesOffered;
import io.cpdevents.contracts.registration.WaitlistEvent.WaitlistEntryMoved;
import io.cpdevents.platform.test.RecordedEvents;
import io.cpdevents.registration.PlaceBooks;
import io.cpdevents.registration.simulation.ExpectedEvent.Place;
import io.cpdevents.registration.usage.UsageQueries;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Holds what the service has written and told against what it should have. */
final class Checks {

  private final Play play;
  private final PlaceBooks books;
  private final RecordedEvents recorded;

  Checks(Play play, RecordedEvents recorded) {
    this.play = play;
    this.books = new PlaceBooks(play.jdbc);
    this.recorded = recorded;
  }

  /** How many registrations of an organization were confirmed in the month of this time. */
  static long confirmedInMonth(Play play, UUID organizationId, Instant now) {
    YearMonth month = YearMonth.from(now.atZone(ZoneOffset.UTC));
    return play.registrations.values().stream()
        .filter(each -> each.event.organizationId.equals(organizationId))
        .filter(each ->
            each.confirmedAt != null
                && YearMonth.from(each.confirmedAt.atZone(ZoneOffset.UTC)).equals(month))
        .count();
  }

  /** What is wrong in the rows. */
  List<String> ofRows() {
    List<String> wrong = new ArrayList<>(books.differences(play.events.keySet()));
    compare(wrong, "registration", expectedRegistrations(), registrations());
    compare(wrong, "ticket", expectedTickets(), tickets());
    compare(wrong, "entry", expectedEntries(), entries());
    compare(wrong, "queue of event", expectedQueues(), queues());
    compare(wrong, "refunds of registration", expectedRefunds(), refunds());
    compare(wrong, "refund", refundsByStatus(), refundStatuses());
    play.organizations
        .keySet()
        .forEach(id -> {
          int told = play.bean(UsageQueries.class).ofOrganization(id).registrations().used();
          long is = confirmedInMonth(play, id, play.now());
          if (told != is) {
            wrong.add(
                "organization %s is told %d registrations, and has %d".formatted(id, told, is));
          }
        });
    return wrong;
  }

  private static void compare(
      List<String> wrong, String what, Map<UUID, String> expected, Map<UUID, String> rows) {
    Set<UUID> all = new HashSet<>(expected.keySet());
    all.addAll(rows.keySet());
    for (UUID id : all) {
      String should = expected.getOrDefault(id, "nothing");
      String is = rows.getOrDefault(id, "nothing");
      if (!should.equals(is)) {
        wrong.add("%s %s is %s and should be %s".formatted(what, id, is, should));
      }
    }
  }

  private Map<UUID, String> expectedRegistrations() {
    Map<UUID, String> all = new HashMap<>();
    play.registrations
        .values()
        .forEach(each ->
            all.put(
                each.id,
                "%s, paid by %s, held until %s, confirmed at %s"
                    .formatted(each.status, each.paymentId, each.holdEndsAt, each.confirmedAt)));
    return all;
  }

  private Map<UUID, String> registrations() {
    return rows(
        "SELECT * FROM registration WHERE event_id = ANY (cast(:events AS uuid[]))",
        row ->
            "%s, paid by %s, held until %s, confirmed at %s"
                .formatted(
                    row.getString("status"),
                    row.getString("payment_id"),
                    instant(row, "hold_expires_at"),
                    instant(row, "confirmed_at")));
  }

  private Map<UUID, String> expectedTickets() {
    Map<UUID, String> all = new HashMap<>();
    play.registrations
        .values()
        .forEach(each ->
            each.tickets
                .values()
                .forEach(ticket ->
                    all.put(
                        ticket.id,
                        "%s %s, in since %s, inside %s"
                            .formatted(
                                ticket.cancelledAt == null ? "valid" : "cancelled",
                                ticket.code,
                                ticket.checkedInAt(),
                                ticket.checkedInAt() != null && ticket.isInside()))));
    return all;
  }

  private Map<UUID, String> tickets() {
    return rows(
        """
        SELECT k.*, c.checked_in_at, coalesce(c.inside, false) AS inside
        FROM ticket k JOIN registration r ON r.id = k.registration_id
            LEFT JOIN check_in c ON c.ticket_id = k.id
        WHERE r.event_id = ANY (cast(:events AS uuid[]))
        """,
        row ->
            "%s %s, in since %s, inside %s"
                .formatted(
                    row.getString("status"),
                    row.getString("code"),
                    instant(row, "checked_in_at"),
                    row.getBoolean("inside")));
  }

  private Map<UUID, String> expectedEntries() {
    Map<UUID, String> all = new HashMap<>();
    play.entries.values().forEach(each -> all.put(each.id, each.status));
    return all;
  }

  private Map<UUID, String> entries() {
    return rows(
        "SELECT * FROM waitlist_entry WHERE event_id = ANY (cast(:events AS uuid[]))",
        row -> row.getString("status"));
  }

  private Map<UUID, String> expectedQueues() {
    Map<UUID, String> all = new HashMap<>();
    play.events
        .values()
        .forEach(event -> {
          List<ExpectedEntry> queue = event.queue();
          if (!queue.isEmpty()) {
            all.put(
                event.id,
                String.join(",", queue.stream().map(each -> each.id.toString()).toList()));
          }
        });
    return all;
  }

  private Map<UUID, String> queues() {
    return rows(
        """
        SELECT event_id AS id, string_agg(id::text, ',' ORDER BY rank) AS queue
        FROM waitlist_entry WHERE event_id = ANY (cast(:events AS uuid[])) AND status = 'waiting'
        GROUP BY event_id
        """,
        row -> row.getString("queue"));
  }

  private Map<UUID, String> expectedRefunds() {
    Map<UUID, String> all = new HashMap<>();
    play.registrations
        .values()
        .forEach(each -> {
          List<String> refunds =
              each.told.stream()
                  .filter(told -> told.startsWith("refund of "))
                  .map(told -> told.substring("refund of ".length()))
                  .sorted()
                  .toList();
          if (!refunds.isEmpty()) {
            all.put(each.id, String.join(", ", refunds));
          }
        });
    return all;
  }

  private Map<UUID, String> refunds() {
    return rows(
        """
        SELECT registration_id AS id, string_agg(payment_id || ': ' || cause, ', '
            ORDER BY (payment_id || ': ' || cause) COLLATE "C") AS refunds
        FROM refund_request WHERE event_id = ANY (cast(:events AS uuid[])) GROUP BY registration_id
        """,
        row -> row.getString("refunds"));
  }

  private Map<UUID, String> refundsByStatus() {
    Map<UUID, String> all = new HashMap<>(refundStatuses());
    all.replaceAll((id, _) -> play.refunds.getOrDefault(id, "requested"));
    return all;
  }

  private Map<UUID, String> refundStatuses() {
    return rows(
        """
        SELECT refund_id AS id, status FROM refund_request
        WHERE event_id = ANY (cast(:events AS uuid[]))
        """,
        row -> row.getString("status"));
  }

  @FunctionalInterface
  private interface Told {
    String of(ResultSet row) throws SQLException;
  }

  private Map<UUID, String> rows(String sql, Told told) {
    Map<UUID, String> found = new HashMap<>();
    play.jdbc
        .sql(sql)
        .param("events", play.events.keySet().toArray(UUID[]::new))
        .query((row, _) -> found.put(row.getObject("id", UUID.class), told.of(row)))
        .list();
    return found;
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp time = row.getTimestamp(column);
    return time == null ? null : time.toInstant();
  }

  /** What is wrong in what was told: each thing once, in its order, and nothing else. */
  List<String> ofFacts() {
    List<String> wrong = new ArrayList<>();
    Map<UUID, List<String>> registrations = new HashMap<>();
    Map<UUID, List<EventMoved>> moves = new HashMap<>();
    for (RegistrationEvent event : recorded.all(RegistrationEvent.class)) {
      if (event instanceof EventMoved moved) {
        moves.computeIfAbsent(moved.registrationId(), _ -> new ArrayList<>()).add(moved);
      } else {
        registrations
            .computeIfAbsent(event.registrationId(), _ -> new ArrayList<>())
            .add(told(event));
      }
    }
    play.registrations
        .values()
        .forEach(each -> {
          List<String> told = registrations.getOrDefault(each.id, List.of());
          if (!told.equals(each.told)) {
            wrong.add(
                "of registration %s %s was told and not %s".formatted(each.id, told, each.told));
          }
          compareMoves(wrong, each, moves.getOrDefault(each.id, List.of()));
        });
    Map<UUID, List<String>> entries = new HashMap<>();
    for (WaitlistEvent event : recorded.all(WaitlistEvent.class)) {
      entries.computeIfAbsent(event.entryId(), _ -> new ArrayList<>()).add(told(event));
    }
    play.entries
        .values()
        .forEach(each -> {
          List<String> told = entries.getOrDefault(each.id, List.of());
          if (!told.equals(each.told)) {
            wrong.add("of entry %s %s was told and not %s".formatted(each.id, told, each.told));
          }
        });
    compareMarks(wrong);
    return wrong;
  }

  private static String told(RegistrationEvent event) {
    return switch (event) {
      case RegistrationHeld held -> "held until " + held.holdExpiresAt();
      case RegistrationConfirmed confirmed -> "confirmed by " + confirmed.paymentId();
      case HoldEndChanged changed -> "hold ends at " + changed.holdExpiresAt();
      case RegistrationExpired _ -> "expired";
      case RegistrationCancelled cancelled ->
          "cancelled by %s: %d, %s"
              .formatted(
                  ContractsJson.kebabCase(cancelled.cause()),
                  cancelled.ticketIds().size(),
                  cancelled.wasConfirmed());
      case TicketsCancelled cancelled ->
          "tickets cancelled by %s: %d"
              .formatted(ContractsJson.kebabCase(cancelled.cause()), cancelled.ticketIds().size());
      case RefundRequested refund ->
          "refund of %s: %s".formatted(refund.paymentId(), ContractsJson.kebabCase(refund.cause()));
      case TicketCheckedIn in -> "in " + in.ticketId() + " at " + in.checkedInAt();
      case CheckInUndone undone -> "undone " + undone.ticketId();
      case TicketTransferred transferred -> "transferred " + transferred.ticketId();
      case EventMoved moved -> "moved " + moved.noticeId();
    };
  }

  private static String told(WaitlistEvent event) {
    return switch (event) {
      case PlacesOffered offered -> "offered until " + offered.offerExpiresAt();
      case OfferExpired _ -> "offer expired";
      case WaitlistEntryMoved moved -> "moved to " + moved.position();
    };
  }

  /** Each notice once; and whoever has places knows in the end when and where. */
  private static void compareMoves(
      List<String> wrong, ExpectedRegistration registration, List<EventMoved> moves) {
    if (moves.stream().map(EventMoved::noticeId).distinct().count() < moves.size()) {
      wrong.add("registration %s was told twice of a move: %s".formatted(registration.id, moves));
    }
    ExpectedEvent event = registration.event;
    Instant known = moves.isEmpty() ? registration.createdAt : moves.getLast().toldAt();
    // Who pays hears of it with the confirmation.
    if (registration.confirmedAt != null && registration.confirmedAt.isAfter(known)) {
      known = registration.confirmedAt;
    }
    Place as = event.places.getFirst();
    for (Place place : event.places) {
      as = place.since().isAfter(known) ? as : place;
    }
    if (registration.isLive() && !event.isCancelled() && !as.isSameAs(event.place())) {
      wrong.add(
          "registration %s knows %s of an event that takes place at %s"
              .formatted(registration.id, as, event.place()));
    }
  }

  /** A mark of a month is told once for each limit, and not before it is reached. */
  private void compareMarks(List<String> wrong) {
    Map<String, Integer> marks = new TreeMap<>();
    recorded.all(UsageMarkReached.class).stream()
        .filter(mark -> play.organizations.containsKey(mark.organizationId()))
        .forEach(mark -> {
          String name =
              "%d %% of %d until %s for %s"
                  .formatted(
                      mark.percent(), mark.limit(), mark.periodEndsAt(), mark.organizationId());
          if (marks.merge(name, 1, Integer::sum) > 1) {
            wrong.add("told twice: " + name);
          }
          if (mark.registrations() * 100L < (long) mark.percent() * mark.limit()) {
            wrong.add("told with %d: %s".formatted(mark.registrations(), name));
          }
        });
  }
}
