package io.cpdevents.registration.registrations.web;

import io.cpdevents.registration.events.TicketTypeTerms;
import io.cpdevents.registration.registrations.Attendee;
import io.cpdevents.registration.registrations.PlaceRegistration;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The tickets of a registration, one for each attendee. */
record RegistrationRequest(
    @NotEmpty @Size(max = TicketTypeTerms.MAX_TICKETS_PER_REGISTRATION)
        List<@NotNull @Valid Ticket> tickets,
    @Nullable @Size(max = QuoteRequest.MAX_PROMO_CODE_CHARACTERS) String promoCode) {

  /** A ticket of a type for a person. */
  record Ticket(@NotNull UUID ticketTypeId, @NotNull @Valid Attendee attendee) {}

  PlaceRegistration.Command toCommand(UUID registrationId, UUID eventId, UUID accountId) {
    return new PlaceRegistration.Command(
        registrationId,
        eventId,
        accountId,
        tickets.stream()
            .map(ticket ->
                new PlaceRegistration.TicketRequest(ticket.ticketTypeId(), ticket.attendee()))
            .toList(),
        promoCode);
  }
}
