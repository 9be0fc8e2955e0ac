package io.cpdevents.registration.events;

import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.error.FieldRules;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.error.RuleViolation.FieldError;
import io.cpdevents.platform.money.Amount;
import io.cpdevents.platform.money.CurrencyRules;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.text.OneLine;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the organizer decides about a ticket type and may change later.
 *
 * @param price of one ticket, in the event's currency; 0 is free
 * @param quota the most places of this type; null: as many as the event has
 * @param saleOpensAt null: from the event's publication on
 * @param saleClosesAt null: until the event ends
 * @param minPerRegistration the fewest of this type in a registration; 1 when it is left out
 * @param maxPerRegistration the most of this type in a registration; 20 when it is left out
 * @param hidden whether only those see and buy it who have one of its access codes; false when it
 *     is left out
 * @param accessCodes what opens it while it is hidden, typed in either case; null: nobody can
 */
@Schema(name = "NewTicketType")
public record TicketTypeTerms(
    @NotBlank @OneLine(max = TicketTypeTerms.MAX_NAME_CHARACTERS) @Schema(example = "Early bird")
        String name,
    @NotNull @Amount(Amount.Kind.PRICE) Money price,
    @Nullable @Min(0) @Max(EventTerms.MAX_CAPACITY) Integer quota,
    @Nullable Instant saleOpensAt,
    @Nullable Instant saleClosesAt,
    @Nullable @Min(1) @Max(TicketTypeTerms.MAX_TICKETS_PER_REGISTRATION) Integer minPerRegistration,
    @Nullable @Min(1) @Max(TicketTypeTerms.MAX_TICKETS_PER_REGISTRATION) Integer maxPerRegistration,
    @Nullable Boolean hidden,
    @Nullable
        @Size(min = 1, max = TicketTypeTerms.MAX_ACCESS_CODES)
        @ArraySchema(
            schema =
                @Schema(
                    pattern = TicketTypeTerms.ACCESS_CODE,
                    maxLength = TicketTypeTerms.MAX_ACCESS_CODE_CHARACTERS))
        Set<
                @NotNull @Pattern(regexp = TicketTypeTerms.ACCESS_CODE)
                @Size(max = TicketTypeTerms.MAX_ACCESS_CODE_CHARACTERS) String>
            accessCodes)
    implements FieldRules {

  public static final int MAX_NAME_CHARACTERS = 100;

  /** The most tickets of one registration, over all ticket types. */
  public static final int MAX_TICKETS_PER_REGISTRATION = 20;

  public static final int MAX_ACCESS_CODE_CHARACTERS = 64;

  static final String ACCESS_CODE = "[A-Za-z0-9][A-Za-z0-9_-]{1,63}";
  static final int MAX_ACCESS_CODES = 50;

  /** With access codes in capitals. */
  public TicketTypeTerms {
    if (accessCodes != null && accessCodes.stream().noneMatch(Objects::isNull)) {
      Set<String> sorted =
          accessCodes.stream()
              .map(TicketTypeTerms::canonical)
              .collect(Collectors.toCollection(TreeSet::new));
      accessCodes = Collections.unmodifiableSet(sorted);
    }
  }

  /** An access code as it is stored, however it was typed. */
  public static String canonical(String typed) {
    return typed.strip().toUpperCase(Locale.ROOT);
  }

  @Override
  public List<FieldError> brokenRules() {
    List<FieldError> broken = new ArrayList<>();
    EventTerms.outOfRange("saleOpensAt", saleOpensAt).ifPresent(broken::add);
    EventTerms.outOfRange("saleClosesAt", saleClosesAt).ifPresent(broken::add);
    if (saleOpensAt != null && saleClosesAt != null && !saleClosesAt.isAfter(saleOpensAt)) {
      broken.add(FieldProblem.NOT_AFTER_OPENING.at("saleClosesAt"));
    }
    if (minPerRegistration != null
        && maxPerRegistration != null
        && maxPerRegistration < minPerRegistration) {
      broken.add(FieldProblem.LESS_THAN_MINIMUM.at("maxPerRegistration"));
    }
    return broken;
  }

  /**
   * The same terms with defaults for what was left out.
   *
   * @throws RuleViolation {@code invalid-request} when fields contradict each other or the
   *     currency, {@code amount-not-payable} when the price cannot be charged
   */
  TicketTypeTerms complete(Currency eventCurrency) {
    requireRules();
    if (!price.currency().equals(eventCurrency)) {
      throw FieldProblem.WRONG_CURRENCY.on("price.currency");
    }
    CurrencyRules.requirePayable(price);
    int min = Objects.requireNonNullElse(minPerRegistration, 1);
    int max = Objects.requireNonNullElse(maxPerRegistration, MAX_TICKETS_PER_REGISTRATION);
    return new TicketTypeTerms(
        name,
        price,
        quota,
        saleOpensAt,
        saleClosesAt,
        min,
        max,
        Boolean.TRUE.equals(hidden),
        accessCodes);
  }

  /** Whether only those see it who have a code. */
  boolean isHidden() {
    return Boolean.TRUE.equals(hidden);
  }

  /** The fewest tickets of this type in a registration, after {@link #complete}. */
  int min() {
    return Objects.requireNonNull(minPerRegistration, "the terms were not completed");
  }

  /** The most tickets of this type in a registration, after {@link #complete}. */
  int max() {
    return Objects.requireNonNull(maxPerRegistration, "the terms were not completed");
  }
}
