package io.cpdevents.registration.events;

import io.cpdevents.platform.Ids;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.web.IfMatch;
import io.cpdevents.registration.usage.CountPostponement;
import io.cpdevents.registration.usage.UsePublication;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * An owner or admin changes an event; registrations keep the terms that they were made under. One
 * that has begun and gets a later date is published once more, as the plan allows; the first time
 * also beyond that, when somebody waits for it.
 */
@Component
public class ChangeEvent {

  private final EventEditing editing;
  private final Events events;
  private final TicketTypes ticketTypes;
  private final EventMoves moves;
  private final UsePublication usePublication;
  private final CountPostponement countPostponement;
  private final OffersPlaces waitlist;
  private final EventQueries queries;
  private final Clock clock;

  ChangeEvent(
      EventEditing editing,
      Events events,
      TicketTypes ticketTypes,
      EventMoves moves,
      UsePublication usePublication,
      CountPostponement countPostponement,
      OffersPlaces waitlist,
      EventQueries queries,
      Clock clock) {
    this.editing = editing;
    this.events = events;
    this.ticketTypes = ticketTypes;
    this.moves = moves;
    this.usePublication = usePublication;
    this.countPostponement = countPostponement;
    this.waitlist = waitlist;
    this.queries = queries;
    this.clock = clock;
  }

  /**
   * A change of an event's terms.
   *
   * @param seen the version that the caller has seen
   * @param change makes the new terms from the present ones
   */
  public record Command(UUID eventId, IfMatch seen, UnaryOperator<EventTerms> change) {}

  /**
   * Changes the terms; nothing happens when they stay as they are.
   *
   * @throws RuleViolation {@code event-not-found}, {@code role-missing}, {@code event-cancelled},
   *     {@code changed-meanwhile}, {@code invalid-request}, {@code incomplete}, {@code
   *     capacity-below-taken} or {@code plan-limit-reached}
   */
  @Transactional
  public EventView handle(Command command, Caller caller) {
    UUID eventId = command.eventId();
    Event before = editing.lock(eventId, caller);
    command.seen().require(before.version());
    EventTerms terms = command.change().apply(before.terms());
    Instant now = clock.instant();
    boolean isRegisteredFor = events.hasRegistrations(eventId);
    Event after = before.changed(terms, ticketTypes.countOf(eventId), isRegisteredFor, now);
    if (before.isHeldAgain(terms, now)) {
      if (isPostponedForTheFirstTime(before, now)) {
        countPostponement.handle(before.organizationId(), now);
      } else {
        usePublication.handle(before.organizationId(), now);
      }
    }
    if (!after.terms().equals(before.terms())) {
      editing.save(after, "event.changed");
      events.replaceTexts(after);
      recountAccounts(before, after);
      if (isRegisteredFor) {
        noteMove(before, after, now);
      }
      waitlist.offerPlaces(List.of(eventId));
    }
    return queries.view(eventId);
  }

  /** Whoever could do so again and again would hold many events as one. */
  private boolean isPostponedForTheFirstTime(Event before, Instant now) {
    return before.terms().endsAt().isAfter(now)
        && events.isAwaited(before.id())
        && !moves.hasBegunAgain(before.id());
  }

  private void recountAccounts(Event before, Event after) {
    if (before.limitsAccounts() != after.limitsAccounts()) {
      events.recountAccounts(after.id(), after.limitsAccounts());
    }
  }

  /** Those who had registered are told a little later: an organizer may change more. */
  private void noteMove(Event before, Event after, Instant now) {
    EventPlace from = before.terms().place();
    if (!after.isPublished() || after.terms().place().equals(from)) {
      return;
    }
    UUID noticeId =
        moves
            .openNotice(after.id(), now)
            .orElseGet(() -> {
              UUID id = Ids.next();
              moves.addNotice(id, after.id(), now.plus(EventMove.SETTLING_TIME));
              return id;
            });
    EventPlace smallSince = moves.smallSince(after.id()).orElse(from);
    moves.add(EventMove.of(Ids.next(), noticeId, before, after, smallSince, now));
  }
}
