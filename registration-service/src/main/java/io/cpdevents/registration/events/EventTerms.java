package io.cpdevents.registration.events;

import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.error.FieldRules;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.error.RuleViolation.FieldError;
import io.cpdevents.platform.text.OneLine;
import io.cpdevents.platform.text.Prose;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the organizer decides about an event and may change later. The currency is no part of it,
 * because it never changes.
 *
 * @param timeZone IANA, for example {@code America/Toronto}
 * @param capacity places, over all ticket types
 * @param perAccountLimit how many registrations one account may have that are held or confirmed;
 *     null: any number
 * @param venue where to go; an event that is not online needs one to be published
 * @param refundPolicy {@link RefundPolicy#DEFAULT} when it is left out
 * @param holdLimits {@link HoldLimits#DEFAULT} when they are left out
 * @param holdMinutes how long places wait for money; half an hour when it is left out
 * @param waitlistOfferMinutes how long places that came back are held for somebody on the waitlist,
 *     as long as the event is far off; four hours when it is left out
 */
public record EventTerms(
    @NotBlank @OneLine(max = EventTerms.MAX_TITLE_CHARACTERS) String title,
    @Nullable @Prose(max = EventTerms.MAX_DESCRIPTION_CHARACTERS) String description,
    @NotNull EventMode mode,
    @NotNull Instant startsAt,
    @NotNull Instant endsAt,
    @NotBlank @OneLine(max = EventTerms.MAX_TIME_ZONE_CHARACTERS) String timeZone,
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

  public static final int MAX_TITLE_CHARACTERS = 200;
  public static final int MAX_DESCRIPTION_CHARACTERS = 20_000;
  public static final int MAX_TIME_ZONE_CHARACTERS = 64;
  public static final int MAX_CAPACITY = 1_000_000;
  public static final int MAX_VENUE_CHARACTERS = 500;

  /** As long as somebody needs to type the number of a card. */
  public static final int MIN_HOLD_MINUTES = 10;

  public static final int MAX_HOLD_MINUTES = 120;
  public static final int DEFAULT_HOLD_MINUTES = 30;

  /** As long as somebody who sees the mail at once needs. */
  public static final int MIN_OFFER_MINUTES = 15;

  /** Three days: over a weekend. */
  public static final int MAX_OFFER_MINUTES = 4_320;

  static final int DEFAULT_OFFER_MINUTES = 240;
  public static final String MAX_CPD_CREDITS = "1000";
  public static final int MAX_CPD_CREDIT_FRACTION_DIGITS = 2;

  /** Dates outside these years are typing errors, and some clients cannot show them. */
  private static final Instant MIN_DATE = Instant.parse("2000-01-01T00:00:00Z");

  private static final Instant MAX_DATE = Instant.parse("2200-01-01T00:00:00Z");

  private static final Set<String> TIME_ZONES = Set.copyOf(ZoneId.getAvailableZoneIds());

  @Override
  public List<FieldError> brokenRules() {
    List<FieldError> broken = new ArrayList<>();
    outOfRange("startsAt", startsAt).ifPresent(broken::add);
    outOfRange("endsAt", endsAt).ifPresent(broken::add);
    if (startsAt != null && endsAt != null && !endsAt.isAfter(startsAt)) {
      broken.add(FieldProblem.NOT_AFTER_START.at("endsAt"));
    }
    if (timeZone != null && !TIME_ZONES.contains(timeZone)) {
      broken.add(FieldProblem.UNKNOWN_TIME_ZONE.at("timeZone"));
    }
    if (refundPolicy != null && !refundPolicy.isOrdered()) {
      broken.add(FieldProblem.NOT_IN_ORDER.at("refundPolicy.tiers"));
    }
    return broken;
  }

  /**
   * The same terms with defaults for what was left out.
   *
   * @throws RuleViolation {@code invalid-request} when fields contradict each other
   */
  EventTerms complete() {
    requireRules();
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
        refundPolicy == null ? RefundPolicy.DEFAULT : refundPolicy,
        holdLimits == null ? HoldLimits.DEFAULT : holdLimits,
        Objects.requireNonNullElse(holdMinutes, DEFAULT_HOLD_MINUTES),
        Objects.requireNonNullElse(waitlistOfferMinutes, DEFAULT_OFFER_MINUTES),
        cpdCredits == null
            ? null
            : cpdCredits.setScale(MAX_CPD_CREDIT_FRACTION_DIGITS, RoundingMode.UNNECESSARY));
  }

  /** The same terms at another time. */
  EventTerms at(Instant newStart, Instant newEnd) {
    return new EventTerms(
        title,
        description,
        mode,
        newStart,
        newEnd,
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

  /** When and where it takes place. */
  EventPlace place() {
    return new EventPlace(startsAt, endsAt, mode, venue);
  }

  /** The refund policy of terms that went through {@link #complete}. */
  RefundPolicy policy() {
    return Objects.requireNonNull(refundPolicy, "the terms were not completed");
  }

  /** The limits of holds of terms that went through {@link #complete}. */
  HoldLimits limitsOfHolds() {
    return Objects.requireNonNull(holdLimits, "the terms were not completed");
  }

  /** How long places wait for money, after {@link #complete}. */
  int minutesOfHolds() {
    return Objects.requireNonNull(holdMinutes, "the terms were not completed");
  }

  /** How long places are offered to somebody who waits, after {@link #complete}. */
  int minutesOfOffers() {
    return Objects.requireNonNull(waitlistOfferMinutes, "the terms were not completed");
  }

  /** The fault of a date that is a typing error; empty when it is none, or left out. */
  public static Optional<FieldError> outOfRange(String field, @Nullable Instant date) {
    return date != null && (date.isBefore(MIN_DATE) || !date.isBefore(MAX_DATE))
        ? Optional.of(FieldProblem.OUT_OF_RANGE.at(field))
        : Optional.empty();
  }
}
