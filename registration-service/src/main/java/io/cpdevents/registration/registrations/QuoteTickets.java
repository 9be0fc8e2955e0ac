package io.cpdevents.registration.registrations;

import io.cpdevents.platform.error.RuleViolation;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Somebody asks what tickets cost, before booking them. */
@Component
public class QuoteTickets {

  private final Offers offers;
  private final Clock clock;

  QuoteTickets(Offers offers, Clock clock) {
    this.offers = offers;
    this.clock = clock;
  }

  /** What somebody would like. */
  public record Command(UUID eventId, List<TicketWish> tickets, @Nullable String promoCode) {}

  /**
   * The price at this moment; it binds nobody.
   *
   * @throws RuleViolation {@code event-not-found} or what {@link Offer#quote} refuses
   */
  public Quote handle(Command command) {
    return offers
        .find(command.eventId(), command.tickets(), Offers.NOBODY)
        .orElseThrow(() -> RuleViolation.notFound("event-not-found"))
        .quote(command.tickets(), command.promoCode(), clock.instant());
  }
}
