package io.cpdevents.registration.events;

import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.error.RuleViolation.FieldError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event as its organization decides about it. How many of its places are taken is not decided
 * here: statements guard that.
 *
 * @param version rises by one with each change of the event or of its ticket types
 */
record Event(
    UUID id,
    UUID organizationId,
    EventStatus status,
    long version,
    Currency currency,
    EventTerms terms,
    Instant createdAt,
    @Nullable Instant publishedAt) {

  /** A new event, seen by its organization only. */
  static Event draft(
      UUID id, UUID organizationId, Currency currency, EventTerms terms, Instant now) {
    return new Event(
        id, organizationId, EventStatus.DRAFT, 1, currency, terms.complete(), now, null);
  }

  boolean isPublished() {
    return status == EventStatus.PUBLISHED;
  }

  /**
   * The event on sale; the same event when it is on sale already.
   *
   * @throws RuleViolation {@code incomplete} with what is missing
   */
  Event published(int ticketTypes, Instant now) {
    EventStatus next = EventStatus.TRANSITIONS.next(status, EventStatus.Trigger.PUBLISHED);
    if (next == status) {
      return this;
    }
    requireComplete(ticketTypes);
    if (!terms.endsAt().isAfter(now)) {
      throw incomplete(List.of(new FieldError("endsAt", "in-the-past")));
    }
    return new Event(id, organizationId, next, version + 1, currency, terms, createdAt, now);
  }

  /**
   * The event on other terms.
   *
   * @throws RuleViolation {@code invalid-request}, or {@code incomplete} when a published event
   *     would lose what publication needs
   */
  Event changed(EventTerms newTerms, int ticketTypes) {
    Event changed =
        new Event(
            id,
            organizationId,
            status,
            version + 1,
            currency,
            newTerms.complete(),
            createdAt,
            publishedAt);
    if (isPublished()) {
      changed.requireComplete(ticketTypes);
    }
    return changed;
  }

  /**
   * The event after a change of its ticket types.
   *
   * @throws RuleViolation {@code incomplete} when a published event would have none left
   */
  Event withTicketTypes(int ticketTypes) {
    return changed(terms, ticketTypes);
  }

  private void requireComplete(int ticketTypes) {
    List<FieldError> missing = new ArrayList<>();
    if (ticketTypes == 0) {
      missing.add(new FieldError("ticketTypes", "required"));
    }
    if (terms.mode().needsVenue() && terms.venue() == null) {
      missing.add(new FieldError("venue", "required"));
    }
    if (!missing.isEmpty()) {
      throw incomplete(missing);
    }
  }

  private static RuleViolation incomplete(List<FieldError> missing) {
    return RuleViolation.conflict(
        "incomplete", "The event lacks what people need to know before they register.", missing);
  }
}
