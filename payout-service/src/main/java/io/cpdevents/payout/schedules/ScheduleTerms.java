package io.cpdevents.payout.schedules;

import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.error.FieldRules;
import io.cpdevents.platform.error.RuleViolation.FieldError;
import io.cpdevents.platform.money.Amount;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.money.SettlementCurrency;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What an organization, or platform finance for it, decides about its payouts.
 *
 * @param minimums less than this is not paid by itself; at most one for each currency
 * @param releaseDaysAfterEvent days after an event's end until what it earned may be paid out: at
 *     least what is set for the organization
 */
@Schema(name = "NewPayoutSchedule")
public record ScheduleTerms(
    @NotNull PayoutInterval interval,
    @NotNull @Size(max = ScheduleTerms.MAX_MINIMUMS)
        List<@NotNull @Amount(Amount.Kind.THRESHOLD) @SettlementCurrency Money> minimums,
    @NotNull
        @Min(ScheduleTerms.MIN_RELEASE_DAYS)
        @Max(ScheduleTerms.MAX_RELEASE_DAYS)
        @Schema(example = "7")
        Integer releaseDaysAfterEvent)
    implements FieldRules {

  /** The fewest days that the platform grants. */
  static final int MIN_RELEASE_DAYS = 2;

  /** The most days that anybody may choose. */
  static final int MAX_RELEASE_DAYS = 365;

  static final int MAX_MINIMUMS = 50;

  static boolean isPossible(int releaseDays) {
    return MIN_RELEASE_DAYS <= releaseDays && releaseDays <= MAX_RELEASE_DAYS;
  }

  @Override
  public List<FieldError> brokenRules() {
    List<FieldError> broken = new ArrayList<>();
    Set<Currency> currencies = new HashSet<>();
    for (int i = 0; minimums != null && i < minimums.size(); i++) {
      Money minimum = minimums.get(i);
      if (minimum != null && !currencies.add(minimum.currency())) {
        broken.add(FieldProblem.CURRENCY_TWICE.at("minimums[" + i + "].currency"));
      }
    }
    return broken;
  }
}
