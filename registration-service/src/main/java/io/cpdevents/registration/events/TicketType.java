package io.cpdevents.registration.events;

import io.cpdevents.platform.error.RuleViolation;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A kind of ticket of an event.
 *
 * @param version rises by one with each change of its terms
 * @param taken its places that are held, confirmed or offered to those who wait
 * @param sharedLeft what is left of the quotas that it shares; null when it shares none
 */
record TicketType(
    UUID id,
    UUID eventId,
    long version,
    TicketTypeTerms terms,
    int taken,
    @Nullable Integer sharedLeft,
    Instant createdAt) {

  /**
   * A new ticket type of an event.
   *
   * @throws RuleViolation what {@link TicketTypeTerms#complete} refuses
   */
  static TicketType of(Event event, UUID id, TicketTypeTerms terms, Instant now) {
    return new TicketType(id, event.id(), 1, terms.complete(event.currency()), 0, null, now);
  }

  /**
   * The ticket type with other terms.
   *
   * @param event to which it belongs
   * @throws RuleViolation what {@link TicketTypeTerms#complete} refuses
   */
  TicketType changed(TicketTypeTerms newTerms, Event event) {
    return new TicketType(
        id,
        eventId,
        version + 1,
        newTerms.complete(event.currency()),
        taken,
        sharedLeft,
        createdAt);
  }
}
