package io.cpdevents.accounts.zoommeetings;

import io.cpdevents.accounts.zoommeetings.ZoomRegistrations.Due;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.client.RestClientException;

/**
 * Registrations have changed: who is to be at their meetings is what registration-service says now.
 */
@Component
public class FindRegistrants {

  private static final Logger log = LoggerFactory.getLogger(FindRegistrants.class);

  /** As many as registration-service is asked about at once. */
  private static final int MAX_BATCH_ROWS = 50;

  private final ZoomRegistrations registrations;
  private final ZoomRegistrants registrants;
  private final Attendees attendees;
  private final TransactionTemplate transaction;
  private final Clock clock;

  FindRegistrants(
      ZoomRegistrations registrations,
      ZoomRegistrants registrants,
      Attendees attendees,
      TransactionTemplate transaction,
      Clock clock) {
    this.registrations = registrations;
    this.registrants = registrants;
    this.attendees = attendees;
    this.transaction = transaction;
    this.clock = clock;
  }

  /** Looks at one batch; returns how many registrations it was. */
  public int handle() {
    List<Due> due = registrations.due(clock.instant(), MAX_BATCH_ROWS);
    if (due.isEmpty()) {
      return 0;
    }
    Map<UUID, List<Attendee>> byRegistration;
    try {
      byRegistration =
          attendees.of(due.stream().map(Due::registrationId).toList()).stream()
              .collect(Collectors.groupingBy(Attendee::registrationId));
    } catch (RestClientException | CallNotPermittedException e) {
      log.warn("registration-service does not say who attends", e);
      return 0;
    }
    due.forEach(each ->
        transaction.executeWithoutResult(
            _ -> apply(each, byRegistration.getOrDefault(each.registrationId(), List.of()))));
    return due.size();
  }

  private void apply(Due due, List<Attendee> present) {
    if (!registrations.settle(due.registrationId(), due.revision())) {
      return;
    }
    Instant now = clock.instant();
    Set<UUID> touched = new TreeSet<>(registrants.ofRegistration(due.registrationId()));
    for (Attendee attendee : present) {
      UUID registrant = registrants.provide(due.eventId(), attendee.address(), now);
      registrants.setTicket(attendee.ticketId(), due.registrationId(), registrant);
      touched.add(registrant);
    }
    registrants.removeTicketsExcept(
        due.registrationId(), present.stream().map(Attendee::ticketId).toList());
    touched.forEach(id ->
        registrants
            .lock(id)
            .ifPresent(registrant -> {
              ZoomRegistrant changed = registrant.withTickets(registrants.hasTickets(id));
              if (changed.status() != registrant.status()) {
                registrants.save(changed, changed.needsWork() ? now : null);
              }
            }));
  }
}
