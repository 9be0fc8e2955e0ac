package io.cpdevents.registration.waitlist;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import io.cpdevents.platform.Ids;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.registration.RegistrationProblem;
import io.cpdevents.registration.questions.AnswerGiven;
import io.cpdevents.registration.registrations.PlaceOfferedTickets;
import io.cpdevents.registration.registrations.PlaceRegistration.WantedTicket;
import io.cpdevents.registration.registrations.RegistrationQueries;
import io.cpdevents.registration.registrations.RegistrationView;
import io.cpdevents.registration.registrations.TicketQuantity;
import io.cpdevents.registration.waitlist.WaitlistEntry.Change;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Somebody takes the places that are offered: they are a registration's from then on. */
@Component
public class AcceptOffer {

  private final WaitlistEntries entries;
  private final WaitlistPlaces places;
  private final PlaceOfferedTickets placeOfferedTickets;
  private final RegistrationQueries registrations;
  private final AuditTrail audit;
  private final Clock clock;

  AcceptOffer(
      WaitlistEntries entries,
      WaitlistPlaces places,
      PlaceOfferedTickets placeOfferedTickets,
      RegistrationQueries registrations,
      AuditTrail audit,
      Clock clock) {
    this.entries = entries;
    this.places = places;
    this.placeOfferedTickets = placeOfferedTickets;
    this.registrations = registrations;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * The tickets of an offer, one for each attendee.
   *
   * @param registrationId the same when the same request comes again
   */
  public record Command(
      UUID entryId, UUID registrationId, List<WantedTicket> tickets, List<AnswerGiven> answers) {}

  /**
   * Makes the registration. The event stays locked, so the places go from the offer to the
   * registration without being anybody's in between.
   *
   * @return the registration; when the same request has come before, the one that it made then
   * @throws RuleViolation {@code waitlist-entry-not-found}, {@code not-offered}, {@code
   *     not-what-is-offered}, or what {@link PlaceOfferedTickets} refuses
   */
  @Transactional
  public RegistrationView handle(Command command, Caller caller) {
    WaitlistEntry seen =
        entries
            .find(command.entryId())
            .filter(found -> found.accountId().equals(caller.accountId()))
            .orElseThrow(() -> RegistrationProblem.WAITLIST_ENTRY_NOT_FOUND.violation());
    entries.lockEvents(List.of(seen.eventId()));
    WaitlistEntry entry = entries.lock(seen.id());
    if (command.registrationId().equals(entry.registrationId())) {
      return registrations.find(command.registrationId()).orElseThrow();
    }
    Change accepted = entry.accepted(Ids.next(), command.registrationId(), clock.instant());
    requireWhatIsOffered(entry, command.tickets());
    places.giveBack(entry);
    RegistrationView made =
        placeOfferedTickets.handle(
            new PlaceOfferedTickets.Command(
                command.registrationId(),
                entry.eventId(),
                entry.accountId(),
                command.tickets(),
                command.answers()));
    entries.save(accepted);
    audit(entry, made);
    return made;
  }

  private static void requireWhatIsOffered(WaitlistEntry entry, List<WantedTicket> tickets) {
    Map<UUID, Long> offered =
        entry.tickets().stream()
            .collect(toMap(TicketQuantity::ticketTypeId, each -> each.quantity().longValue()));
    if (!tickets.stream()
        .collect(groupingBy(WantedTicket::ticketTypeId, counting()))
        .equals(offered)) {
      throw RegistrationProblem.NOT_WHAT_IS_OFFERED.violation();
    }
  }

  private void audit(WaitlistEntry entry, RegistrationView made) {
    audit.record(
        "waitlist-entry.accepted",
        "waitlist-entry",
        entry.id().toString(),
        entry.organizationId(),
        new AuditTrail.Change(Map.of("status", "offered"), Map.of("status", "accepted"))
            .with(
                Map.of(
                    "eventId", entry.eventId().toString(),
                    "registrationId", made.id().toString())));
  }
}
