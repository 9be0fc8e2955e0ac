package io.cpdevents.registration.waitlist.web;

import io.cpdevents.registration.events.TicketTypeTerms;
import io.cpdevents.registration.registrations.PlaceRegistration.WantedTicket;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/** An attendee for each ticket that is offered. */
@Schema(name = "OfferAcceptance")
record AcceptanceRequest(
    @NotNull @Size(min = 1, max = TicketTypeTerms.MAX_TICKETS_PER_REGISTRATION)
        List<@NotNull @Valid WantedTicket> tickets) {}
