package io.cpdevents.registration.tickets;

import io.cpdevents.registration.registrations.Attendee;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;

/** What can be changed of a ticket: whom it is for. */
public record TicketHolder(@NotNull @Valid Attendee attendee) {}
