package io.cpdevents.registration.events;

import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.web.Cursor;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import io.cpdevents.registration.RegistrationProblem;
import io.cpdevents.registration.events.EventView.TicketTypeView;
import io.cpdevents.registration.events.Events.Counted;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What people can read about events. */
@Component
public class EventQueries {

  private final Events events;
  private final TicketTypes ticketTypes;
  private final Clock clock;

  EventQueries(Events events, TicketTypes ticketTypes, Clock clock) {
    this.events = events;
    this.ticketTypes = ticketTypes;
    this.clock = clock;
  }

  /**
   * An event. Everybody can read it from its publication on, also after it is cancelled; only
   * members of its organization can read a draft.
   *
   * @throws RuleViolation {@code event-not-found}
   */
  public EventView get(UUID id, Optional<Caller> caller) {
    return find(id, caller)
        .map(found -> views(List.of(found), isMember(caller, found.event())).getFirst())
        .orElseThrow(() -> RegistrationProblem.EVENT_NOT_FOUND.violation());
  }

  private Optional<Counted> find(UUID id, Optional<Caller> caller) {
    return events
        .find(id)
        .filter(found -> found.event().isPublic() || isMember(caller, found.event()));
  }

  /**
   * A ticket type, for whoever can read its event.
   *
   * @throws RuleViolation {@code ticket-type-not-found}
   */
  public TicketTypeView getTicketType(UUID id, Optional<Caller> caller) {
    return ticketTypes
        .find(id)
        .flatMap(found ->
            find(found.eventId(), caller)
                .map(event -> isMember(caller, event.event()))
                .filter(member -> member || !found.terms().isHidden())
                .map(member -> TicketTypeView.of(found, member)))
        .orElseThrow(() -> RegistrationProblem.TICKET_TYPE_NOT_FOUND.violation());
  }

  /** All events of the caller's organization, newest first. */
  public Page<EventView> ofOrganization(UUID organizationId, Caller caller, PageRequest page) {
    caller.requireRole(
        organizationId, OrganizationRole.ADMIN, OrganizationRole.FINANCE, OrganizationRole.STAFF);
    return Page.of(
        views(events.ofOrganization(organizationId, page), true),
        page,
        event -> new Cursor(event.createdAt(), event.id()));
  }

  /**
   * Published events that are not over, the soonest to end first.
   *
   * @param search words that the title or the venue must contain; the last word may be just a
   *     beginning. Null: every event. Without a word, such as {@code +++}, it finds none
   */
  public Page<EventView> onSale(@Nullable String search, EventFilter filter, PageRequest page) {
    String query = search == null ? null : SearchWords.toQuery(search);
    if (search != null && query == null) {
      return Page.whole(List.of());
    }
    return Page.of(
        views(events.onSale(query, filter, clock.instant(), page), false),
        page,
        event -> new Cursor(event.endsAt(), event.id()));
  }

  /**
   * What an access code opens.
   *
   * @param organizationId of the event
   * @param ticketTypes none when the code is wrong
   */
  public record Opened(UUID organizationId, List<TicketTypeView> ticketTypes) {}

  /**
   * The hidden ticket types of a public event that an access code opens, however it is typed.
   *
   * @throws RuleViolation {@code event-not-found}
   */
  public Opened behind(UUID eventId, String accessCode) {
    Event event =
        find(eventId, Optional.empty())
            .map(Counted::event)
            .orElseThrow(() -> RegistrationProblem.EVENT_NOT_FOUND.violation());
    return new Opened(
        event.organizationId(),
        ticketTypes.behind(eventId, TicketTypeTerms.canonical(accessCode)).stream()
            .map(ticketType -> TicketTypeView.of(ticketType, false))
            .toList());
  }

  /** An event, for the use case that has just changed it. */
  EventView view(UUID id) {
    return views(List.of(events.find(id).orElseThrow()), true).getFirst();
  }

  /** A ticket type, for the use case that has just changed it. */
  TicketTypeView ticketTypeView(UUID id) {
    return TicketTypeView.of(ticketTypes.find(id).orElseThrow(), true);
  }

  private List<EventView> views(List<Counted> found, boolean forMember) {
    Map<UUID, List<TicketType>> byEvent =
        ticketTypes.of(found.stream().map(counted -> counted.event().id()).toList());
    return found.stream()
        .map(counted ->
            EventView.of(
                counted.event(),
                counted.taken(),
                byEvent.getOrDefault(counted.event().id(), List.of()),
                forMember))
        .toList();
  }

  private static boolean isMember(Optional<Caller> caller, Event event) {
    return caller.map(person -> person.roleIn(event.organizationId())).isPresent();
  }
}
