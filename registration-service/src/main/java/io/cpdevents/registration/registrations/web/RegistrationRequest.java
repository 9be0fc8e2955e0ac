package io.cpdevents.registration.registrations.web;

import io.cpdevents.platform.http.CallerNetwork;
import io.cpdevents.platform.text.OneLine;
import io.cpdevents.registration.events.TicketTypeTerms;
import io.cpdevents.registration.questions.AnswerGiven;
import io.cpdevents.registration.registrations.PlaceRegistration;
import io.cpdevents.registration.registrations.PlaceRegistration.WantedTicket;
import io.cpdevents.registration.registrations.TypedCodes;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The tickets of a registration, one for each attendee. */
@Schema(name = "NewRegistration")
record RegistrationRequest(
    @NotNull @Size(min = 1, max = TicketTypeTerms.MAX_TICKETS_PER_REGISTRATION)
        List<@NotNull @Valid WantedTicket> tickets,
    @Nullable @OneLine(max = QuoteRequest.MAX_PROMO_CODE_CHARACTERS) String promoCode,
    @Nullable @OneLine(max = TicketTypeTerms.MAX_ACCESS_CODE_CHARACTERS) String accessCode,
    @Nullable @Size(max = AnswerGiven.MAX_ANSWERS) List<@NotNull @Valid AnswerGiven> answers) {

  PlaceRegistration.Command toCommand(
      UUID registrationId, UUID eventId, UUID accountId, @Nullable CallerNetwork network) {
    return new PlaceRegistration.Command(
        registrationId,
        eventId,
        accountId,
        tickets,
        new TypedCodes(promoCode, accessCode),
        Objects.requireNonNullElse(answers, List.of()),
        network);
  }
}
