package io.cpdevents.registration.tickets;

import io.cpdevents.registration.registrations.Attendee;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;

/** What can be changed of a ticket: whom it is for. */
@Schema(example = "{\"attendee\": {\"name\": \"Ada King\"}}")
public record TicketHolder(@NotNull @Valid Attendee attendee) {}
