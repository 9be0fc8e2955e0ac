package io.cpdevents.registration.promocodes;

import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.error.FieldRules;
import io.cpdevents.platform.error.RuleViolation.FieldError;
import io.cpdevents.platform.money.Amount;
import io.cpdevents.platform.money.Money;
import io.cpdevents.registration.events.EventTerms;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the organizer decides about a promo code. All but the code itself may change later, which
 * changes nothing for registrations that were made with it.
 *
 * @param code what people type, in either case; unique in its organization for good
 * @param percentOff in basis points, of the tickets that it is for; this or {@code amountOff}
 * @param amountOff of a registration, and no more than those tickets cost; only for events in its
 *     currency
 * @param maxUses how many registrations may have it at a time; null: any number
 * @param maxUsesPerAccount how many of one account; null: any number, so that one account may take
 *     all uses, each with as many tickets as a registration may have
 * @param validFrom null: from now on
 * @param validUntil the first moment at which it is not valid any more; null: never
 * @param eventIds null: all events of the organization
 * @param ticketTypeIds null: all ticket types of those events
 * @param status {@code active} when it is left out
 */
@Schema(
    name = "NewPromoCode",
    example =
        """
        {"code": "EARLY-2027", "percentOff": 2500, "maxUses": 100, "maxUsesPerAccount": 1,
         "validUntil": "2027-03-01T05:00:00Z"}
        """)
public record PromoCodeTerms(
    @NotNull
        @Pattern(regexp = PromoCodeTerms.CODE)
        @Size(max = PromoCodeTerms.MAX_CODE_CHARACTERS)
        @Schema(example = "EARLY-2027")
        String code,
    @Nullable @Min(1) @Max(PromoCodeTerms.ALL_BASIS_POINTS) Integer percentOff,
    @Nullable @Amount(Amount.Kind.PRICE) Money amountOff,
    @Nullable @Min(1) @Max(PromoCodeTerms.MAX_USES) Integer maxUses,
    @Nullable @Min(1) @Max(PromoCodeTerms.MAX_USES) Integer maxUsesPerAccount,
    @Nullable Instant validFrom,
    @Nullable Instant validUntil,
    @Nullable @Size(min = 1, max = PromoCodeTerms.MAX_IDS) Set<@NotNull UUID> eventIds,
    @Nullable @Size(min = 1, max = PromoCodeTerms.MAX_IDS) Set<@NotNull UUID> ticketTypeIds,
    @Nullable PromoCodeStatus status)
    implements FieldRules {

  static final String CODE = "[A-Za-z0-9][A-Za-z0-9_-]{1,63}";
  static final int MAX_CODE_CHARACTERS = 64;
  static final int ALL_BASIS_POINTS = 10_000;
  static final int MAX_USES = 10_000_000;
  static final int MAX_IDS = 100;

  /** In capitals. */
  public PromoCodeTerms {
    code = code == null ? code : canonical(code);
  }

  /** The same terms with defaults for what was left out. */
  PromoCodeTerms complete() {
    return new PromoCodeTerms(
        code,
        percentOff,
        amountOff,
        maxUses,
        maxUsesPerAccount,
        validFrom,
        validUntil,
        eventIds,
        ticketTypeIds,
        Objects.requireNonNullElse(status, PromoCodeStatus.ACTIVE));
  }

  /** A code as it is stored, however it was typed. */
  public static String canonical(String typed) {
    return typed.strip().toUpperCase(Locale.ROOT);
  }

  @Override
  public List<FieldError> brokenRules() {
    List<FieldError> broken = new ArrayList<>();
    if ((percentOff == null) == (amountOff == null)) {
      broken.add(FieldProblem.ONE_OF_TWO.at("percentOff"));
      broken.add(FieldProblem.ONE_OF_TWO.at("amountOff"));
    }
    if (amountOff != null && !amountOff.isPositive()) {
      broken.add(FieldProblem.OUT_OF_RANGE.at("amountOff.amountMinor"));
    }
    EventTerms.outOfRange("validFrom", validFrom).ifPresent(broken::add);
    EventTerms.outOfRange("validUntil", validUntil).ifPresent(broken::add);
    if (validFrom != null && validUntil != null && !validUntil.isAfter(validFrom)) {
      broken.add(FieldProblem.NOT_AFTER_FROM.at("validUntil"));
    }
    return broken;
  }
}
