package io.cpdevents.registration.registrations;

import io.cpdevents.registration.events.TicketTypeTerms;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;

/** How many tickets of a type somebody wants. */
public record TicketQuantity(
    @NotNull UUID ticketTypeId,
    @NotNull @Min(1) @Max(TicketTypeTerms.MAX_TICKETS_PER_REGISTRATION) Integer quantity) {}
