package io.cpdevents.registration.events;

import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.Caller;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * What a change of an event's quotas begins and ends with: the event is locked, and gets another
 * version, so that whoever has read it before reads anew which ticket types share a quota.
 */
@Component
public class EventsForQuotas {

  private final EventEditing editing;
  private final Events events;
  private final TicketTypes ticketTypes;
  private final OffersPlaces waitlist;

  EventsForQuotas(
      EventEditing editing, Events events, TicketTypes ticketTypes, OffersPlaces waitlist) {
    this.editing = editing;
    this.events = events;
    this.ticketTypes = ticketTypes;
    this.waitlist = waitlist;
  }

  /**
   * Locks an event for an owner or admin of its organization.
   *
   * @throws RuleViolation {@code event-not-found}, {@code role-missing} or {@code event-cancelled}
   */
  public void lock(UUID eventId, Caller caller) {
    editing.lock(eventId, caller);
  }

  /** Saves that a quota of the locked event was changed, and offers what there is more by that. */
  public void save(UUID eventId, String action, UUID quotaId, Change change) {
    Event event = events.lock(eventId).orElseThrow();
    editing.saveForQuota(
        event.withTicketTypes(ticketTypes.countOf(eventId)), action, quotaId, change);
    waitlist.offerPlaces(List.of(eventId));
  }
}
