package io.cpdevents.registration.registrations.web;

import io.cpdevents.registration.events.TicketTypeTerms;
import io.cpdevents.registration.registrations.QuoteTickets;
import io.cpdevents.registration.registrations.TicketWish;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What tickets would cost. Each ticket type is named once. */
record QuoteRequest(
    @NotEmpty @Size(max = TicketTypeTerms.MAX_TICKETS_PER_REGISTRATION)
        List<@NotNull @Valid Wish> tickets,
    @Nullable @Size(max = QuoteRequest.MAX_PROMO_CODE_CHARACTERS) String promoCode) {

  static final int MAX_PROMO_CODE_CHARACTERS = 64;

  /** So many tickets of a type. */
  record Wish(
      @NotNull UUID ticketTypeId,
      @NotNull @Min(1) @Max(TicketTypeTerms.MAX_TICKETS_PER_REGISTRATION) Integer quantity) {}

  QuoteTickets.Command toCommand(UUID eventId) {
    return new QuoteTickets.Command(
        eventId,
        tickets.stream().map(wish -> new TicketWish(wish.ticketTypeId(), wish.quantity())).toList(),
        promoCode);
  }
}
