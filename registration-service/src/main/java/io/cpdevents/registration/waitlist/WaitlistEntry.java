package io.cpdevents.registration.waitlist;

import io.cpdevents.contracts.registration.WaitlistEvent;
import io.cpdevents.contracts.registration.WaitlistEvent.OfferExpired;
import io.cpdevents.contracts.registration.WaitlistEvent.PlacesOffered;
import io.cpdevents.contracts.registration.WaitlistEvent.WaitlistEntryMoved;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.state.Outcome.Changed;
import io.cpdevents.platform.state.Outcome.Ignored;
import io.cpdevents.registration.RegistrationProblem;
import io.cpdevents.registration.registrations.TicketQuantity;
import io.cpdevents.registration.waitlist.WaitlistStatus.Trigger;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who waits for places of an event: all of the tickets together, or nothing.
 *
 * @param rank of those who wait the lowest is the first
 * @param offerExpiresAt until when places are or were held for it; null when none ever were
 * @param registrationId what the offer became; null unless it was accepted
 * @param putBehind whether it was put behind all others, which happens once
 */
record WaitlistEntry(
    UUID id,
    UUID eventId,
    UUID organizationId,
    UUID accountId,
    WaitlistStatus status,
    BigDecimal rank,
    List<TicketQuantity> tickets,
    Instant joinedAt,
    @Nullable Instant offerExpiresAt,
    @Nullable UUID registrationId,
    boolean putBehind) {

  /** Who is served after all others has a rank above this one, which no other reaches. */
  static final BigDecimal RANK_OF_THE_LAST = BigDecimal.TEN.pow(15);

  /** Less is not worth a mail. */
  static final Duration MIN_OFFER_TIME = Duration.ofMinutes(15);

  /**
   * A change by a row of the transition table.
   *
   * @param id of its entry in the history
   * @param before null when it has just joined
   * @param trigger null when it has just joined
   * @param reason what the organizer typed; null when nobody was asked
   * @param fact null when nobody has to be told
   */
  record Change(
      UUID id,
      @Nullable WaitlistEntry before,
      @Nullable Trigger trigger,
      WaitlistEntry entry,
      @Nullable String reason,
      @Nullable WaitlistEvent fact,
      Instant occurredAt) {}

  /** When an event takes place, and how long it offers places. */
  record OfferTerms(int offerMinutes, Instant startsAt, Instant endsAt) {

    /**
     * When an offer that is made now ends: after the time that the organizer has chosen, and of the
     * time until the event begins after half at the latest, so that others have a chance when this
     * one does not answer; but a quarter of an hour at least, and not after the event's end.
     */
    Instant offerEnd(Instant now) {
      Duration chosen = Duration.ofMinutes(offerMinutes);
      Duration half = Duration.between(now, startsAt).dividedBy(2);
      Duration shorter = half.compareTo(chosen) < 0 ? half : chosen;
      Duration time = shorter.compareTo(MIN_OFFER_TIME) < 0 ? MIN_OFFER_TIME : shorter;
      Instant end = now.plus(time);
      return end.isAfter(endsAt) ? endsAt : end;
    }

    /** When an offer that is made now ends to somebody who has let others go. */
    Instant shortOfferEnd(Instant now) {
      Instant end = now.plus(MIN_OFFER_TIME);
      return end.isAfter(endsAt) ? endsAt : end;
    }
  }

  /** Somebody who waits behind all others. */
  static Change joined(UUID changeId, WaitlistEntry entry) {
    return new Change(changeId, null, null, entry, null, null, entry.joinedAt());
  }

  /** The same with its tickets. */
  WaitlistEntry withTickets(List<TicketQuantity> all) {
    return new WaitlistEntry(
        id,
        eventId,
        organizationId,
        accountId,
        status,
        rank,
        all,
        joinedAt,
        offerExpiresAt,
        registrationId,
        putBehind);
  }

  /** How many places all of the tickets take. */
  int places() {
    return tickets.stream().mapToInt(TicketQuantity::quantity).sum();
  }

  boolean isWaiting() {
    return status == WaitlistStatus.WAITING;
  }

  /** Whether places are held for it. */
  boolean holdsPlaces() {
    return status == WaitlistStatus.OFFERED;
  }

  /** Whether it is served after all who are not. */
  boolean isServedLast() {
    return rank.compareTo(RANK_OF_THE_LAST) > 0;
  }

  /**
   * It is served after all others from now on, because offers were let go where it comes from.
   *
   * @param lastRank the highest so far
   */
  Change behindAllOthers(UUID changeId, BigDecimal lastRank, Instant now) {
    WaitlistStatus to = next(Trigger.PUT_BEHIND);
    return change(
        changeId,
        Trigger.PUT_BEHIND,
        with(to, RANK_OF_THE_LAST.max(lastRank).add(BigDecimal.ONE), null, null, true),
        null,
        null,
        now);
  }

  /** Places that have come back are held for it. */
  Change offered(UUID changeId, OfferTerms terms, Instant now) {
    Instant end = isServedLast() ? terms.shortOfferEnd(now) : terms.offerEnd(now);
    return change(
        changeId,
        Trigger.PLACES_OFFERED,
        with(next(Trigger.PLACES_OFFERED), rank, end, null),
        null,
        new PlacesOffered(id, accountId, eventId, organizationId, end, now),
        now);
  }

  /**
   * The person takes the places.
   *
   * @throws RuleViolation {@code not-offered}, also when the time of the offer is over
   */
  Change accepted(UUID changeId, UUID newRegistrationId, Instant now) {
    if (!holdsPlaces() || (offerExpiresAt != null && !now.isBefore(offerExpiresAt))) {
      throw RegistrationProblem.NOT_OFFERED.violation();
    }
    return change(
        changeId,
        Trigger.OFFER_ACCEPTED,
        with(next(Trigger.OFFER_ACCEPTED), rank, offerExpiresAt, newRegistrationId),
        null,
        null,
        now);
  }

  /**
   * The person leaves, or declines what is offered; empty when it had ended before.
   *
   * @throws RuleViolation {@code wrong-state} when it is a registration now
   */
  Optional<Change> letGo(UUID changeId, Instant now) {
    return ended(changeId, Trigger.LET_GO, null, now);
  }

  /** The time of the offer is over; empty when it was answered before. */
  Optional<Change> offerEnded(UUID changeId, Instant now) {
    return ended(
        changeId,
        Trigger.OFFER_ENDED,
        new OfferExpired(id, accountId, eventId, organizationId, now),
        now);
  }

  /** The event is over or was cancelled; empty when it does not wait any more. */
  Optional<Change> eventEnded(UUID changeId, Instant now) {
    return ended(changeId, Trigger.EVENT_ENDED, null, now);
  }

  /**
   * The organization gives it another position.
   *
   * @param newRank between those of its new neighbours
   * @param position the new one; 1 is the first
   * @throws RuleViolation {@code wrong-state} when it does not wait
   */
  Change moved(UUID changeId, BigDecimal newRank, int position, String reason, Instant now) {
    return change(
        changeId,
        Trigger.MOVED,
        with(next(Trigger.MOVED), newRank, null, null),
        reason,
        new WaitlistEntryMoved(id, accountId, eventId, organizationId, changeId, position, now),
        now);
  }

  private Optional<Change> ended(
      UUID changeId, Trigger trigger, @Nullable WaitlistEvent fact, Instant now) {
    return switch (WaitlistStatus.TRANSITIONS.next(status, trigger)) {
      case Ignored<WaitlistStatus> _ -> Optional.empty();
      case Changed<WaitlistStatus>(WaitlistStatus to, _) ->
          Optional.of(
              change(changeId, trigger, with(to, rank, offerExpiresAt, null), null, fact, now));
    };
  }

  private WaitlistStatus next(Trigger trigger) {
    return switch (WaitlistStatus.TRANSITIONS.next(status, trigger)) {
      case Ignored<WaitlistStatus>(String reason) -> throw new IllegalStateException(reason);
      case Changed<WaitlistStatus>(WaitlistStatus to, _) -> to;
    };
  }

  private Change change(
      UUID changeId,
      Trigger trigger,
      WaitlistEntry after,
      @Nullable String reason,
      @Nullable WaitlistEvent fact,
      Instant now) {
    return new Change(changeId, this, trigger, after, reason, fact, now);
  }

  private WaitlistEntry with(
      WaitlistStatus newStatus,
      BigDecimal newRank,
      @Nullable Instant newOfferExpiresAt,
      @Nullable UUID newRegistrationId) {
    return with(newStatus, newRank, newOfferExpiresAt, newRegistrationId, putBehind);
  }

  private WaitlistEntry with(
      WaitlistStatus newStatus,
      BigDecimal newRank,
      @Nullable Instant newOfferExpiresAt,
      @Nullable UUID newRegistrationId,
      boolean nowPutBehind) {
    return new WaitlistEntry(
        id,
        eventId,
        organizationId,
        accountId,
        newStatus,
        newRank,
        tickets,
        joinedAt,
        newOfferExpiresAt,
        newRegistrationId,
        nowPutBehind);
  }
}
