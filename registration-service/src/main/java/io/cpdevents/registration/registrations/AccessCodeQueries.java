package io.cpdevents.registration.registrations;

import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.http.CallerNetwork;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.registration.RegistrationProblem;
import io.cpdevents.registration.events.EventQueries;
import io.cpdevents.registration.events.EventQueries.Opened;
import io.cpdevents.registration.events.EventView.TicketTypeView;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Which ticket types people see. Who tries many access codes is refused, as with promo codes. */
@Component
public class AccessCodeQueries {

  private final EventQueries events;
  private final PromoGuesses guesses;

  AccessCodeQueries(EventQueries events, PromoGuesses guesses) {
    this.events = events;
    this.guesses = guesses;
  }

  /**
   * The ticket types of an event that somebody sees: hidden ones with an access code, or as a
   * member of its organization.
   *
   * @param accessCode null when none was typed
   * @param network from which it is asked; null when that is not known
   * @throws RuleViolation {@code event-not-found}, {@code ticket-type-not-found} when the code
   *     opens none, {@code too-many-requests} after many wrong ones
   */
  public List<TicketTypeView> listed(
      UUID eventId,
      @Nullable String accessCode,
      Optional<Caller> caller,
      @Nullable CallerNetwork network) {
    List<TicketTypeView> seen = events.get(eventId, caller).ticketTypes();
    if (accessCode == null) {
      return seen;
    }
    Opened opened = events.behind(eventId, accessCode);
    return guesses.count(
        opened.organizationId(),
        new TypedCodes(null, accessCode),
        PromoGuesses.guessers(caller.map(Caller::accountId).orElse(null), network),
        () -> {
          if (opened.ticketTypes().isEmpty()) {
            throw RegistrationProblem.TICKET_TYPE_NOT_FOUND.violation();
          }
          return Stream.concat(
                  seen.stream().filter(ticketType -> !ticketType.hidden()),
                  opened.ticketTypes().stream())
              .toList();
        });
  }
}
