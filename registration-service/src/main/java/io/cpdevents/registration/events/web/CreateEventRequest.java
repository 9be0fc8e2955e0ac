package io.cpdevents.registration.events.web;

import io.cpdevents.platform.error.FieldRules;
import io.cpdevents.platform.error.RuleViolation.FieldError;
import io.cpdevents.platform.money.SettlementCurrency;
import io.cpdevents.platform.text.OneLine;
import io.cpdevents.platform.text.Prose;
import io.cpdevents.registration.events.CreateEvent;
import io.cpdevents.registration.events.EventMode;
import io.cpdevents.registration.events.EventTerms;
import io.cpdevents.registration.events.HoldLimits;
import io.cpdevents.registration.events.RefundPolicy;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A new event: its terms (see {@link EventTerms}) and its currency, which never changes. */
@Schema(name = "NewEvent")
record CreateEventRequest(
    @NotBlank @OneLine(max = EventTerms.MAX_TITLE_CHARACTERS) String title,
    @Nullable @Prose(max = EventTerms.MAX_DESCRIPTION_CHARACTERS) String description,
    @NotNull EventMode mode,
    @NotNull Instant startsAt,
    @NotNull Instant endsAt,
    @NotBlank @OneLine(max = EventTerms.MAX_TIME_ZONE_CHARACTERS) String timeZone,
    @NotNull @SettlementCurrency Currency currency,
    @NotNull @Min(1) @Max(EventTerms.MAX_CAPACITY) Integer capacity,
    @Nullable @Min(1) @Max(EventTerms.MAX_CAPACITY) Integer perAccountLimit,
    @Nullable @OneLine(max = EventTerms.MAX_VENUE_CHARACTERS) String venue,
    @Nullable @Valid RefundPolicy refundPolicy,
    @Nullable @Valid HoldLimits holdLimits,
    @Nullable @Min(EventTerms.MIN_HOLD_MINUTES) @Max(EventTerms.MAX_HOLD_MINUTES)
        Integer holdMinutes,
    @Nullable @Min(EventTerms.MIN_OFFER_MINUTES) @Max(EventTerms.MAX_OFFER_MINUTES)
        Integer waitlistOfferMinutes,
    @Nullable
        @DecimalMin("0")
        @DecimalMax(EventTerms.MAX_CPD_CREDITS)
        @Digits(integer = 4, fraction = EventTerms.MAX_CPD_CREDIT_FRACTION_DIGITS)
        BigDecimal cpdCredits)
    implements FieldRules {

  @Override
  public List<FieldError> brokenRules() {
    return terms().brokenRules();
  }

  CreateEvent.Command toCommand(UUID eventId, UUID organizationId) {
    return new CreateEvent.Command(eventId, organizationId, currency, terms());
  }

  private EventTerms terms() {
    return new EventTerms(
        title,
        description,
        mode,
        startsAt,
        endsAt,
        timeZone,
        capacity,
        perAccountLimit,
        venue,
        refundPolicy,
        holdLimits,
        holdMinutes,
        waitlistOfferMinutes,
        cpdCredits);
  }
}
