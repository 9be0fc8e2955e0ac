package io.cpdevents.registration.waitlist.web;

import io.cpdevents.registration.events.TicketTypeTerms;
import io.cpdevents.registration.questions.AnswerGiven;
import io.cpdevents.registration.registrations.PlaceRegistration.WantedTicket;
import io.cpdevents.registration.waitlist.AcceptOffer;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An attendee for each ticket that is offered, and answers to what the event asks. */
@Schema(name = "OfferAcceptance")
record AcceptanceRequest(
    @NotNull @Size(min = 1, max = TicketTypeTerms.MAX_TICKETS_PER_REGISTRATION)
        List<@NotNull @Valid WantedTicket> tickets,
    @Nullable @Size(max = AnswerGiven.MAX_ANSWERS) List<@NotNull @Valid AnswerGiven> answers) {

  AcceptOffer.Command toCommand(UUID entryId, UUID registrationId) {
    return new AcceptOffer.Command(
        entryId, registrationId, tickets, Objects.requireNonNullElse(answers, List.of()));
  }
}
