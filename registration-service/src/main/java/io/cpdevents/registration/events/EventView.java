package io.cpdevents.registration.events;

import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.web.Versioned;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event as people see it.
 *
 * @param version rises with each change of the event or of its ticket types, not with sales
 * @param placesLeft of the event, over all ticket types
 * @param publishedAt null while only its organization sees it
 * @param cancelledAt null unless it was cancelled
 */
public record EventView(
    UUID id,
    long version,
    UUID organizationId,
    EventStatus status,
    String title,
    @Nullable String description,
    EventMode mode,
    Instant startsAt,
    Instant endsAt,
    String timeZone,
    Currency currency,
    int capacity,
    int placesLeft,
    @Nullable Integer perAccountLimit,
    @Nullable String venue,
    RefundPolicy refundPolicy,
    HoldLimits holdLimits,
    int holdMinutes,
    int waitlistOfferMinutes,
    @Nullable BigDecimal cpdCredits,
    Instant createdAt,
    @Nullable Instant publishedAt,
    @Nullable Instant cancelledAt,
    List<TicketTypeView> ticketTypes)
    implements Versioned {

  /**
   * A ticket type as people see it.
   *
   * @param version rises with each change of its terms, not with sales
   * @param placesLeft of its quota, and of those that it shares with others; null without any
   * @param hidden whether only those see it who have an access code, and the organization
   * @param accessCodes shown to the organization alone
   */
  public record TicketTypeView(
      UUID id,
      long version,
      UUID eventId,
      @Schema(example = "Early bird") String name,
      Money price,
      @Nullable Integer quota,
      @Nullable Integer placesLeft,
      @Nullable Instant saleOpensAt,
      @Nullable Instant saleClosesAt,
      int minPerRegistration,
      int maxPerRegistration,
      boolean hidden,
      @Nullable Set<String> accessCodes)
      implements Versioned {

    static TicketTypeView of(TicketType ticketType, boolean forMember) {
      TicketTypeTerms terms = ticketType.terms();
      Integer quota = terms.quota();
      return new TicketTypeView(
          ticketType.id(),
          ticketType.version(),
          ticketType.eventId(),
          terms.name(),
          terms.price(),
          quota,
          placesLeft(ticketType),
          terms.saleOpensAt(),
          terms.saleClosesAt(),
          terms.min(),
          terms.max(),
          terms.isHidden(),
          forMember ? terms.accessCodes() : null);
    }

    private static @Nullable Integer placesLeft(TicketType ticketType) {
      Integer quota = ticketType.terms().quota();
      Integer shared = ticketType.sharedLeft();
      if (quota == null) {
        return shared;
      }
      int own = quota - ticketType.taken();
      return shared == null ? own : Math.min(own, shared);
    }
  }

  /**
   * The view.
   *
   * @param forMember whether hidden ticket types are shown, as they are to the organization
   */
  static EventView of(Event event, int taken, List<TicketType> ticketTypes, boolean forMember) {
    EventTerms terms = event.terms();
    return new EventView(
        event.id(),
        event.version(),
        event.organizationId(),
        event.status(),
        terms.title(),
        terms.description(),
        terms.mode(),
        terms.startsAt(),
        terms.endsAt(),
        terms.timeZone(),
        event.currency(),
        terms.capacity(),
        terms.capacity() - taken,
        terms.perAccountLimit(),
        terms.venue(),
        terms.policy(),
        terms.limitsOfHolds(),
        terms.minutesOfHolds(),
        terms.minutesOfOffers(),
        terms.cpdCredits(),
        event.createdAt(),
        event.publishedAt(),
        event.cancelledAt(),
        ticketTypes.stream()
            .filter(ticketType -> forMember || !ticketType.terms().isHidden())
            .map(ticketType -> TicketTypeView.of(ticketType, forMember))
            .toList());
  }
}
