package io.cpdevents.registration.simulation;

import io.cpdevents.platform.Ids;
import io.cpdevents.registration.registrations.Attendee;
import io.cpdevents.registration.registrations.CancelTickets;
import io.cpdevents.registration.registrations.PlaceRegistration;
import io.cpdevents.registration.registrations.PlaceRegistration.WantedTicket;
import io.cpdevents.registration.registrations.RefundChoice;
import io.cpdevents.registration.registrations.RegistrationView;
import io.cpdevents.registration.registrations.TicketQuantity;
import io.cpdevents.registration.registrations.TypedCodes;
import io.cpdevents.registration.simulation.ExpectedEvent.Place;
import io.cpdevents.registration.simulation.ExpectedRegistration.Ticket;
import io.cpdevents.registration.simulation.Play.Attempt;
import io.cpdevents.registration.simulation.Play.Habit;
import io.cpdevents.registration.waitlist.AcceptOffer;
import io.cpdevents.registration.waitlist.ForgetWaiting;
import io.cpdevents.registration.waitlist.JoinWaitlist;
import io.cpdevents.registration.waitlist.LeaveWaitlist;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** People who want places, and those who cancel them. */
final class Buyers {

  private static final int MAX_HOLDS_OF_ACCOUNT = 3;
  private static final int MAX_JOINS = 10;
  private static final Duration JOINS_COUNT = Duration.ofDays(1);

  private final Play play;

  Buyers(Play play) {
    this.play = play;
  }

  List<Habit> habits() {
    return List.of(
        new Habit(120, "books", this::books),
        new Habit(45, "waits", this::waits),
        new Habit(60, "takes an offer", this::takesAnOffer),
        new Habit(12, "leaves the list", this::leavesTheList),
        new Habit(40, "cancels", this::cancels),
        new Habit(20, "is cancelled", this::isCancelled),
        new Habit(2, "is forgotten", this::isForgotten));
  }

  private void books() {
    play.anEvent().ifPresent(event -> books(event, play.any(play.accounts)));
  }

  private void books(ExpectedEvent event, UUID account) {
    Instant now = play.now();
    Map<UUID, Integer> wanted = someTickets(event);
    long price = price(event, wanted);
    ExpectedCode code =
        play.in(3)
            ? play.any(
                    play.codes.stream()
                        .filter(each -> each.organizationId.equals(event.organizationId)))
                .orElse(null)
            : null;
    Set<String> reasons = saleReasons(event, wanted, now);
    if (code != null) {
      reasons.addAll(codeReasons(code, account, price));
    }
    if (hasReachedLimit(event, account)) {
      reasons.add("account-limit-reached");
    }
    if (!event.has(wanted, now)) {
      reasons.add("sold-out");
    }
    if (event.limitsHolds
        && price > 0
        && code == null
        && event.holdsOf(account) >= MAX_HOLDS_OF_ACCOUNT) {
      reasons.add("hold-limit-reached");
    }
    PlaceRegistration.Command command =
        new PlaceRegistration.Command(
            Ids.next(),
            event.id,
            account,
            tickets(wanted),
            new TypedCodes(code == null ? null : code.code, null),
            List.of(),
            null);
    Attempt<RegistrationView> attempt =
        play.insists(() -> play.bean(PlaceRegistration.class).handle(command));
    String what =
        "%s books %s for event %s as %s%s"
            .formatted(
                account,
                wanted,
                event.id,
                command.registrationId(),
                code == null ? "" : " with " + code.code);
    Set<String> others =
        event.limitsHolds && price > 0 ? Set.of("hold-too-large", "hold-limit-reached") : Set.of();
    if (play.isDone(attempt, reasons, others, what)) {
      play.require(
          code != null || attempt.done().total().amountMinor() == price,
          "%s costs %s, not %d",
          what,
          attempt.done().total(),
          price);
      booked(event, account, attempt.done(), code, true);
    }
  }

  /** What was booked is as it should be from now on. */
  private void booked(
      ExpectedEvent event,
      UUID account,
      RegistrationView view,
      @Nullable ExpectedCode code,
      boolean maybeShorter) {
    Instant now = play.now();
    Instant holdEnds = view.holdExpiresAt();
    play.require(
        (holdEnds == null) == (view.total().amountMinor() == 0),
        "registration %s costs %s and is held until %s",
        view.id(),
        view.total(),
        holdEnds);
    if (holdEnds != null) {
      long minutes = Duration.between(now, holdEnds).toMinutes();
      int shorter = Math.min(event.holdMinutes, event.limitsHolds ? 15 : 30);
      play.require(
          minutes == event.holdMinutes || (maybeShorter && minutes == shorter),
          "registration %s is held for %d minutes, not %d",
          view.id(),
          minutes,
          event.holdMinutes);
    }
    ExpectedRegistration registration =
        new ExpectedRegistration(
            view.id(), event, account, view.total().amountMinor(), code, now, holdEnds);
    Map<UUID, String> codesOfTickets = codesOfTickets(view.id());
    view.tickets()
        .forEach(ticket ->
            registration.tickets.put(
                ticket.id(),
                new Ticket(
                    ticket.id(),
                    ticket.ticketTypeId(),
                    ticket.total().amountMinor(),
                    java.util.Objects.requireNonNull(codesOfTickets.get(ticket.id())))));
    event.registrations.add(registration);
    play.registrations.put(registration.id, registration);
    if (code != null) {
      code.claims.add(registration);
    }
    play.note("booked");
  }

  private Map<UUID, String> codesOfTickets(UUID registrationId) {
    Map<UUID, String> found = new LinkedHashMap<>();
    play.jdbc
        .sql("SELECT id, code FROM ticket WHERE registration_id = :id")
        .param("id", registrationId)
        .query((row, _) -> found.put(row.getObject("id", UUID.class), row.getString("code")))
        .list();
    return found;
  }

  private Map<UUID, Integer> someTickets(ExpectedEvent event) {
    Map<UUID, Integer> wanted = new LinkedHashMap<>();
    int kinds = play.in(3) ? 2 : 1;
    for (int kind = 0; kind < kinds; kind++) {
      wanted.put(play.any(event.types.keySet()).orElseThrow(), play.between(1, 4));
    }
    return wanted;
  }

  private static List<WantedTicket> tickets(Map<UUID, Integer> wanted) {
    List<WantedTicket> tickets = new ArrayList<>();
    wanted.forEach((type, quantity) ->
        tickets.addAll(
            Collections.nCopies(
                quantity,
                new WantedTicket(type, new Attendee("Ada Lovelace", "ada@example.org")))));
    return tickets;
  }

  private static long price(ExpectedEvent event, Map<UUID, Integer> wanted) {
    return wanted.entrySet().stream()
        .mapToLong(each -> event.type(each.getKey()).priceMinor * each.getValue())
        .sum();
  }

  private static Set<String> saleReasons(
      ExpectedEvent event, Map<UUID, Integer> wanted, Instant now) {
    Set<String> reasons = new TreeSet<>();
    if (event.isCancelled()) {
      reasons.add("event-cancelled");
    }
    if (event.isOver(now) || event.isClosed(wanted.keySet(), now)) {
      reasons.add("sales-closed");
    }
    return reasons;
  }

  private static Set<String> codeReasons(ExpectedCode code, UUID account, long price) {
    Set<String> reasons = new TreeSet<>();
    if (code.ended || price == 0) {
      reasons.add("promo-invalid");
    }
    if (code.isExhausted()) {
      reasons.add("promo-exhausted");
    }
    if (code.isExhaustedFor(account)) {
      reasons.add("promo-account-limit");
    }
    return reasons;
  }

  static boolean hasReachedLimit(ExpectedEvent event, UUID account) {
    return event.perAccountLimit != null && event.registrationsOf(account) >= event.perAccountLimit;
  }

  private void waits() {
    play.anEvent()
        .ifPresent(event -> {
          Instant now = play.now();
          UUID account = play.any(play.accounts);
          Map<UUID, Integer> wanted = someTickets(event);
          ExpectedEntry entry = new ExpectedEntry(Ids.next(), event, account, wanted, now);
          Set<String> reasons = saleReasons(event, wanted, now);
          if (event.entries.stream()
              .anyMatch(each -> each.isLive() && each.account.equals(account))) {
            reasons.add("already-waiting");
          }
          if (event.fits(entry, now)) {
            reasons.add("places-left");
          }
          if (event.entries.stream()
                  .filter(each -> each.account.equals(account))
                  .filter(each -> each.joinedAt.isAfter(now.minus(JOINS_COUNT)))
                  .count()
              >= MAX_JOINS) {
            reasons.add("too-many-requests");
          }
          JoinWaitlist.Command command =
              new JoinWaitlist.Command(
                  entry.id,
                  event.id,
                  wanted.entrySet().stream()
                      .map(each -> new TicketQuantity(each.getKey(), each.getValue()))
                      .toList(),
                  null);
          String what =
              "%s waits for %s of event %s as %s".formatted(account, wanted, event.id, entry.id);
          Attempt<?> attempt =
              play.insists(
                  () -> play.bean(JoinWaitlist.class).handle(command, play.person(account)));
          if (play.isDone(attempt, reasons, what)) {
            event.entries.add(entry);
            play.entries.put(entry.id, entry);
            play.note("waits");
          }
        });
  }

  private void takesAnOffer() {
    play.any(
            play.entries.values().stream()
                .filter(entry -> play.in(30) || entry.status.equals("offered")))
        .ifPresent(entry -> {
          Instant now = play.now();
          ExpectedEvent event = entry.event;
          Set<String> reasons = new TreeSet<>();
          if (!entry.status.equals("offered") || entry.isDue(now)) {
            reasons.add("not-offered");
          }
          if (event.isCancelled()) {
            reasons.add("event-cancelled");
          }
          if (event.isOver(now)) {
            reasons.add("sales-closed");
          }
          if (hasReachedLimit(event, entry.account)) {
            reasons.add("account-limit-reached");
          }
          AcceptOffer.Command command =
              new AcceptOffer.Command(entry.id, Ids.next(), tickets(entry.wanted), List.of());
          Attempt<RegistrationView> attempt =
              play.insists(
                  () -> play.bean(AcceptOffer.class).handle(command, play.person(entry.account)));
          String what =
              "%s takes offer %s as %s"
                  .formatted(entry.account, entry.id, command.registrationId());
          if (play.isDone(attempt, reasons, what)) {
            entry.ends("accepted");
            play.note("offer taken");
            booked(event, entry.account, attempt.done(), null, false);
            entry.registration = play.registrations.get(command.registrationId());
          }
        });
  }

  private void leavesTheList() {
    play.any(play.entries.values().stream().filter(entry -> play.in(20) || entry.isLive()))
        .ifPresent(entry -> {
          Set<String> reasons = entry.status.equals("accepted") ? Set.of("wrong-state") : Set.of();
          Attempt<Boolean> attempt =
              play.insists(() -> {
                play.bean(LeaveWaitlist.class).handle(entry.id, play.person(entry.account));
                return true;
              });
          if (play.isDone(attempt, reasons, "leaves entry " + entry.id)) {
            if (entry.isLive()) {
              letsGo(entry);
              play.offers(entry.event);
            }
          }
        });
  }

  private static void letsGo(ExpectedEntry entry) {
    if (entry.isLive()) {
      entry.ends(entry.status.equals("offered") ? "declined" : "left");
    }
  }

  /** What an erasure does to those who wait; accounts-service would tell whose name goes. */
  private void isForgotten() {
    UUID account = play.any(play.accounts);
    Attempt<Boolean> attempt =
        play.insists(() -> {
          play.bean(ForgetWaiting.class).handle(account);
          return true;
        });
    if (play.isDone(attempt, Set.of(), account + " is forgotten")) {
      List<ExpectedEntry> live =
          play.entries.values().stream()
              .filter(entry -> entry.account.equals(account) && entry.isLive())
              .toList();
      live.forEach(Buyers::letsGo);
      play.offers(live.stream().map(entry -> entry.event).collect(Collectors.toSet()));
    }
  }

  private void cancels() {
    aRegistration().ifPresent(each -> cancels(each, null));
  }

  private void isCancelled() {
    aRegistration().ifPresent(each -> cancels(each, play.any(List.of(RefundChoice.values()))));
  }

  private java.util.Optional<ExpectedRegistration> aRegistration() {
    return play.any(
        play.registrations.values().stream().filter(each -> play.in(15) || each.isLive()));
  }

  /**
   * A registration or some of its tickets are cancelled.
   *
   * @param choice what the organization chooses; null when it is the buyer
   */
  private void cancels(ExpectedRegistration registration, @Nullable RefundChoice choice) {
    Instant now = play.now();
    Set<UUID> some = play.in(2) ? someOf(registration) : null;
    List<Ticket> chosen =
        registration.valid().filter(ticket -> some == null || some.contains(ticket.id)).toList();
    Set<String> reasons = new TreeSet<>();
    ExpectedEvent event = registration.event;
    if (chosen.isEmpty()) {
      reasons.add("already-cancelled");
    }
    if (registration.status.equals("held") && chosen.size() < registration.tickets.size()) {
      reasons.add("hold-is-whole");
    }
    if (registration.status.equals("expired")) {
      reasons.add("wrong-state");
    }
    if (event.isCancelled()) {
      reasons.add("event-cancelled");
    }
    if (choice == null && registration.status.equals("confirmed") && event.hasStarted(now)) {
      reasons.add("event-started");
    }
    CancelTickets.Command command =
        new CancelTickets.Command(Ids.next(), registration.id, some, choice, null);
    String cause = choice == null ? "attendee" : "organization";
    String what =
        "%s cancels %s of registration %s, refunds %s"
            .formatted(cause, some == null ? "all" : some, registration.id, choice);
    Attempt<RegistrationView> attempt =
        play.insists(() ->
            play.bean(CancelTickets.class)
                .handle(
                    command,
                    choice == null
                        ? play.person(registration.account)
                        : play.owner(event.organizationId)));
    if (play.isDone(attempt, reasons, what)) {
      boolean paid = registration.paymentId != null && sum(chosen) > 0;
      boolean refunds = paid && refunds(registration, choice, now);
      registration.cancelled(chosen, cause, refunds, now);
      play.note(choice == null ? "cancelled by the buyer" : "cancelled by the organization");
      if (refunds) {
        requireRefund(registration, cause + "-cancelled", sum(chosen), now);
      }
      play.offers(event);
    }
  }

  private Set<UUID> someOf(ExpectedRegistration registration) {
    Set<UUID> some =
        registration.tickets.keySet().stream()
            .filter(_ -> play.chance.nextBoolean())
            .collect(Collectors.toCollection(HashSet::new));
    some.add(play.any(registration.tickets.keySet()).orElseThrow());
    return some;
  }

  static long sum(List<Ticket> tickets) {
    return tickets.stream().mapToLong(ticket -> ticket.totalMinor).sum();
  }

  /**
   * Whether all of it goes back, and not nothing. Who has booked before the event was moved may get
   * more than the policy says, which the service decides.
   */
  private boolean refunds(
      ExpectedRegistration registration, @Nullable RefundChoice choice, Instant now) {
    if (choice == RefundChoice.FULL || choice == RefundChoice.NONE) {
      return choice == RefundChoice.FULL;
    }
    ExpectedEvent event = registration.event;
    Duration before = Duration.ofHours(event.fullRefundHours);
    Place booked =
        event.places.stream()
            .filter(place -> !place.since().isAfter(registration.createdAt))
            .reduce((_, last) -> last)
            .orElseThrow();
    boolean byPolicy =
        !now.isAfter(event.place().startsAt().minus(before))
            || !now.isAfter(booked.startsAt().minus(before));
    boolean moved = !event.place().isSameAs(booked);
    return byPolicy || (moved && !refundsAt(registration, now).isEmpty());
  }

  /** Money goes back once, and all that the tickets have cost. */
  void requireRefund(ExpectedRegistration registration, String cause, long amount, Instant now) {
    List<String> asked = refundsAt(registration, now);
    play.require(
        asked.equals(List.of(cause + " " + amount)),
        "of registration %s %s goes back, not %s %d",
        registration.id,
        asked,
        cause,
        amount);
  }

  private List<String> refundsAt(ExpectedRegistration registration, Instant now) {
    return play.jdbc
        .sql(
            """
            SELECT f.cause || ' ' || coalesce(sum((l.line #>> '{amount,amountMinor}')::bigint), 0)
            FROM refund_request f LEFT JOIN LATERAL jsonb_array_elements(f.lines) l (line) ON true
            WHERE f.registration_id = :id AND f.requested_at = :now
            GROUP BY f.refund_id, f.cause
            """)
        .param("id", registration.id)
        .param("now", java.sql.Timestamp.from(now))
        .query((row, _) -> row.getString(1))
        .list();
  }
}
