package io.cpdevents.registration.registrations;

import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.http.CallerNetwork;
import io.cpdevents.registration.RegistrationProblem;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Anybody asks what tickets cost. */
@Component
public class QuoteTickets {

  private final EventsOnSale eventsOnSale;
  private final PromoGuesses guesses;
  private final Clock clock;

  QuoteTickets(EventsOnSale eventsOnSale, PromoGuesses guesses, Clock clock) {
    this.eventsOnSale = eventsOnSale;
    this.guesses = guesses;
    this.clock = clock;
  }

  /**
   * The tickets to price.
   *
   * @param accountId whose uses of the promo code count; null when nobody is logged in
   * @param network from which it is asked; null when that is not known
   */
  public record Command(
      UUID eventId,
      List<TicketQuantity> tickets,
      TypedCodes codes,
      @Nullable UUID accountId,
      @Nullable CallerNetwork network) {}

  /**
   * Says the price at this moment; it may be another one when the tickets are booked.
   *
   * @throws RuleViolation {@code event-not-found}, {@code too-many-requests} after many wrong promo
   *     codes, or what {@link EventOnSale#quote} refuses
   */
  public Quote handle(Command command) {
    EventOnSale event =
        eventsOnSale
            .find(
                command.eventId(),
                command.tickets(),
                command.codes(),
                command.accountId(),
                clock.instant())
            .orElseThrow(() -> RegistrationProblem.EVENT_NOT_FOUND.violation());
    return guesses.count(
        event.summary().organizationId(),
        command.codes(),
        PromoGuesses.guessers(command.accountId(), command.network()),
        () -> event.quote(command.tickets(), command.codes().promoCode(), clock.instant()));
  }
}
