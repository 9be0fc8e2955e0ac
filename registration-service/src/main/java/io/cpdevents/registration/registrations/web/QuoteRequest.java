package io.cpdevents.registration.registrations.web;

import io.cpdevents.platform.error.FieldRules;
import io.cpdevents.platform.error.RuleViolation.FieldError;
import io.cpdevents.platform.http.CallerNetwork;
import io.cpdevents.platform.text.OneLine;
import io.cpdevents.registration.events.TicketTypeTerms;
import io.cpdevents.registration.registrations.QuoteTickets;
import io.cpdevents.registration.registrations.TicketQuantity;
import io.cpdevents.registration.registrations.TypedCodes;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The tickets to price. Each ticket type is named once. */
@Schema(name = "TicketsToQuote")
record QuoteRequest(
    @NotNull @Size(min = 1, max = TicketTypeTerms.MAX_TICKETS_PER_REGISTRATION)
        List<@NotNull @Valid TicketQuantity> tickets,
    @Nullable @OneLine(max = QuoteRequest.MAX_PROMO_CODE_CHARACTERS) String promoCode,
    @Nullable @OneLine(max = TicketTypeTerms.MAX_ACCESS_CODE_CHARACTERS) String accessCode)
    implements FieldRules {

  static final int MAX_PROMO_CODE_CHARACTERS = 64;

  @Override
  public List<FieldError> brokenRules() {
    return tickets == null ? List.of() : TicketQuantity.faultsOf("tickets", tickets);
  }

  QuoteTickets.Command toCommand(
      UUID eventId, @Nullable UUID accountId, @Nullable CallerNetwork network) {
    return new QuoteTickets.Command(
        eventId, tickets, new TypedCodes(promoCode, accessCode), accountId, network);
  }
}
