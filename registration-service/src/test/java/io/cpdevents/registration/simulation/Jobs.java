package io.cpdevents.registration.simulation;

import io.cpdevents.registration.events.TellMovedEvents;
import io.cpdevents.registration.registrations.CancelRegistrationsOfEvent;
import io.cpdevents.registration.registrations.ExpireHolds;
import io.cpdevents.registration.simulation.ExpectedRegistration.Ticket;
import io.cpdevents.registration.simulation.Play.Attempt;
import io.cpdevents.registration.simulation.Play.Habit;
import io.cpdevents.registration.usage.WatchUsage;
import io.cpdevents.registration.waitlist.EndEntries;
import io.cpdevents.registration.waitlist.ExpireOffers;
import java.time.Instant;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;

/** The jobs of the service, at whatever time, and interrupted. */
final class Jobs {

  private static final int WHOLE = 10_000;

  private final Play play;
  private final Buyers buyers;

  Jobs(Play play, Buyers buyers) {
    this.play = play;
    this.buyers = buyers;
  }

  List<Habit> habits() {
    return List.of(
        new Habit(30, "holds end", this::holdsEnd),
        new Habit(20, "offers end", this::offersEnd),
        new Habit(8, "waiting ends", this::waitingEnds),
        new Habit(20, "registrations of a cancelled event are cancelled", this::cancelsAll),
        new Habit(10, "moves are told", this::tellsMoves),
        new Habit(6, "usage is watched", this::watchesUsage));
  }

  /** Whether what it does was committed. */
  private boolean isDone(IntSupplier job) {
    Attempt<Integer> attempt = play.tries(job::getAsInt);
    return !attempt.died() || attempt.committed();
  }

  void holdsEnd() {
    Instant now = play.now();
    if (isDone(play.bean(ExpireHolds.class)::handle)) {
      List<ExpectedRegistration> due =
          play.registrations.values().stream().filter(each -> each.isDue(now)).toList();
      due.forEach(each -> {
        each.expires();
        play.note("hold ended");
        play.tell("registration " + each.id + " has expired");
      });
      play.offers(due.stream().map(each -> each.event).collect(Collectors.toSet()));
    }
  }

  void offersEnd() {
    Instant now = play.now();
    if (isDone(play.bean(ExpireOffers.class)::handle)) {
      List<ExpectedEntry> due =
          play.entries.values().stream().filter(each -> each.isDue(now)).toList();
      due.forEach(each -> {
        each.ends("expired");
        each.told.add("offer expired");
        play.note("offer ended");
        play.tell("offer " + each.id + " has ended");
      });
      play.offers(due.stream().map(each -> each.event).collect(Collectors.toSet()));
    }
  }

  void waitingEnds() {
    Instant now = play.now();
    if (isDone(play.bean(EndEntries.class)::handle)) {
      play.entries.values().stream()
          .filter(ExpectedEntry::isLive)
          .filter(each -> each.event.isCancelled() || each.event.isOver(now))
          .forEach(each -> {
            each.ends("expired");
            play.tell("nothing is left to wait for: entry " + each.id);
          });
    }
  }

  /** One batch for an event whose registrations are not all cancelled yet. */
  private void cancelsAll() {
    play.any(
            play.events.values().stream()
                .filter(event -> event.isCancelled() && !event.cancellationDone))
        .ifPresent(this::cancelsAll);
  }

  void cancelsAll(ExpectedEvent event) {
    Instant now = play.now();
    List<ExpectedRegistration> live =
        event.registrations.stream().filter(ExpectedRegistration::isLive).toList();
    boolean done =
        isDone(() -> {
          play.bean(CancelRegistrationsOfEvent.class)
              .handle(
                  new CancelRegistrationsOfEvent.Command(
                      event.id, CancelRegistrationsOfEvent.BEGINNING));
          return 0;
        });
    if (!done) {
      return;
    }
    play.tell("%d registrations of event %s are cancelled".formatted(live.size(), event.id));
    event.cancellationDone = live.isEmpty();
    live.forEach(each -> cancels(each, now));
  }

  private void cancels(ExpectedRegistration registration, Instant now) {
    ExpectedEvent event = registration.event;
    List<Ticket> valid = registration.valid().toList();
    boolean whole =
        registration.confirmedAt != null
            && event.cancelledAt != null
            && registration.confirmedAt.isAfter(event.cancelledAt);
    long sum = Buyers.sum(valid);
    long kept = whole ? 0 : sum * event.keepsBasisPoints / WHOLE;
    boolean refunds = registration.paymentId != null && sum - kept > 0;
    registration.cancelled(valid, "event", refunds, now);
    play.note("cancelled with the event");
    if (refunds && kept == 0) {
      buyers.requireRefund(registration, "event-cancelled", sum, now);
    }
  }

  void tellsMoves() {
    isDone(play.bean(TellMovedEvents.class)::handle);
  }

  /** Until nothing is left to tell. */
  void tellsAllMoves() {
    while (play.bean(TellMovedEvents.class).handle() > 0) {
      // The next batch.
    }
  }

  void watchesUsage() {
    isDone(play.bean(WatchUsage.class)::handle);
  }
}
