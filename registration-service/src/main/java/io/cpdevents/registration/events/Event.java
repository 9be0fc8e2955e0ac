package io.cpdevents.registration.events;

import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.error.RuleViolation.FieldError;
import io.cpdevents.platform.state.Outcome.Changed;
import io.cpdevents.platform.state.Outcome.Ignored;
import io.cpdevents.registration.RegistrationProblem;
import io.cpdevents.registration.events.EventStatus.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event with the rules for its organization. How many of its places are taken is no part of it:
 * the statements that take places guard that.
 *
 * @param version rises by one with each change of the event or of its ticket types
 * @param latestEndsAt the latest end that it has had since somebody registered; its end as long as
 *     nobody has
 */
record Event(
    UUID id,
    UUID organizationId,
    EventStatus status,
    long version,
    Currency currency,
    EventTerms terms,
    Instant latestEndsAt,
    Instant createdAt,
    @Nullable Instant publishedAt,
    @Nullable Instant cancelledAt) {

  /** How long after its end an event can still be cancelled, for example because nobody came. */
  static final Duration MAX_TIME_AFTER_END = Duration.ofDays(7);

  /** A new event that only its organization sees. */
  static Event draft(
      UUID id, UUID organizationId, Currency currency, EventTerms terms, Instant now) {
    EventTerms complete = terms.complete();
    return new Event(
        id,
        organizationId,
        EventStatus.DRAFT,
        1,
        currency,
        complete,
        complete.endsAt(),
        now,
        null,
        null);
  }

  /** Whether everybody sees it: it is published, or was until it was cancelled. */
  boolean isPublic() {
    return status != EventStatus.DRAFT;
  }

  boolean isPublished() {
    return status == EventStatus.PUBLISHED;
  }

  /** Whether an account may have only so many registrations for it. */
  boolean limitsAccounts() {
    return terms.perAccountLimit() != null;
  }

  /**
   * The event on sale; empty when it is on sale already.
   *
   * @param ticketTypes how many it has
   * @throws RuleViolation {@code incomplete} with what is missing
   */
  Optional<Event> publish(int ticketTypes, Instant now) {
    return switch (EventStatus.TRANSITIONS.next(status, Trigger.PUBLISHED)) {
      case Ignored<EventStatus> _ -> Optional.empty();
      case Changed<EventStatus>(EventStatus to, _) -> {
        requireComplete(ticketTypes);
        if (!terms.endsAt().isAfter(now)) {
          throw incomplete(List.of(FieldProblem.IN_THE_PAST.at("endsAt")));
        }
        yield Optional.of(next(to, terms, latestEndsAt, now, cancelledAt));
      }
    };
  }

  /**
   * The event, which does not take place.
   *
   * @throws RuleViolation {@code event-cancelled} when it was cancelled before, {@code event-over}
   *     when it ended too long ago, {@code wrong-state} when it is a draft
   */
  Event cancel(Instant now) {
    requireNotCancelled();
    if (now.isAfter(terms.endsAt().plus(MAX_TIME_AFTER_END))) {
      throw RegistrationProblem.EVENT_OVER.violation(
          "An event can be cancelled until %d days after its end."
              .formatted(MAX_TIME_AFTER_END.toDays()));
    }
    return switch (EventStatus.TRANSITIONS.next(status, Trigger.CANCELLED)) {
      case Ignored<EventStatus> _ -> this;
      case Changed<EventStatus>(EventStatus to, _) ->
          next(to, terms, latestEndsAt, publishedAt, now);
    };
  }

  /**
   * Asks that the event takes place, so that it can be changed.
   *
   * @throws RuleViolation {@code event-cancelled}
   */
  void requireNotCancelled() {
    if (status == EventStatus.CANCELLED) {
      throw RegistrationProblem.EVENT_CANCELLED.violation();
    }
  }

  /**
   * The event with other terms. Once somebody has registered it is never moved into the past, since
   * its end releases the money that it has earned. One that was over counts as published now.
   *
   * @param ticketTypes how many it has
   * @param registered whether anybody has ever registered
   * @throws RuleViolation {@code invalid-request}, or {@code incomplete} when a published event
   *     would lose what publication needs
   */
  Event changed(EventTerms newTerms, int ticketTypes, boolean registered, Instant now) {
    EventTerms complete = newTerms.complete();
    Instant end = complete.endsAt();
    if (registered && !end.equals(terms.endsAt()) && !end.isAfter(now)) {
      throw FieldProblem.IN_THE_PAST.on("endsAt");
    }
    Instant latest = registered && latestEndsAt.isAfter(end) ? latestEndsAt : end;
    Instant published = isHeldAgain(newTerms, now) ? now : publishedAt;
    return next(status, complete, latest, published, cancelledAt).checked(ticketTypes);
  }

  /**
   * Whether it has begun, and is to begin once more with other terms, or is over, and is to go on:
   * it is held again.
   */
  boolean isHeldAgain(EventTerms newTerms, Instant now) {
    boolean beginsAgain = !terms.startsAt().isAfter(now) && newTerms.startsAt().isAfter(now);
    boolean goesOn = !terms.endsAt().isAfter(now) && newTerms.endsAt().isAfter(now);
    return isPublished() && (beginsAgain || goesOn);
  }

  private Event checked(int ticketTypes) {
    if (isPublished()) {
      requireComplete(ticketTypes);
    }
    return this;
  }

  /**
   * The event after one of its ticket types was added, changed or removed.
   *
   * @param ticketTypes how many it has now
   * @throws RuleViolation {@code incomplete} when a published event would have none left
   */
  Event withTicketTypes(int ticketTypes) {
    return next(status, terms, latestEndsAt, publishedAt, cancelledAt).checked(ticketTypes);
  }

  /** The next version of the event. */
  private Event next(
      EventStatus newStatus,
      EventTerms newTerms,
      Instant newLatestEndsAt,
      @Nullable Instant newPublishedAt,
      @Nullable Instant newCancelledAt) {
    return new Event(
        id,
        organizationId,
        newStatus,
        version + 1,
        currency,
        newTerms,
        newLatestEndsAt,
        createdAt,
        newPublishedAt,
        newCancelledAt);
  }

  private void requireComplete(int ticketTypes) {
    List<FieldError> missing = new ArrayList<>();
    if (ticketTypes == 0) {
      missing.add(FieldProblem.REQUIRED.at("ticketTypes"));
    }
    if (terms.mode().needsVenue() && terms.venue() == null) {
      missing.add(FieldProblem.REQUIRED.at("venue"));
    }
    if (!missing.isEmpty()) {
      throw incomplete(missing);
    }
  }

  private static RuleViolation incomplete(List<FieldError> missing) {
    return RegistrationProblem.INCOMPLETE.violation(missing);
  }
}
