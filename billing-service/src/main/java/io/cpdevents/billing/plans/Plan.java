package io.cpdevents.billing.plans;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.text.OpenWord;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Currency;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an organization pays, and what it may do for that.
 *
 * @param id {@code free}, {@code starter} or {@code professional}: plans are data, and more may
 *     come
 * @param prices of a month, in each currency
 */
@Schema(name = "Plan")
public record Plan(
    @Schema(pattern = OpenWord.FORM) String id,
    @Schema(example = "Professional") String name,
    List<Money> prices,
    Limits limits,
    FeeTerms feeRule) {

  /** The plan of an organization that has chosen none. */
  public static final String FREE = "free";

  /** The plan that is tried. */
  public static final String TRIED = "professional";

  /** What a month costs in a currency. */
  public Money price(Currency currency) {
    return prices.stream()
        .filter(price -> price.currency().equals(currency))
        .findFirst()
        .orElseThrow(() ->
            BillingProblem.CURRENCY_NOT_SUPPORTED.violation(
                "No plan is sold in " + currency + "."));
  }

  /**
   * What may be used in a calendar month (UTC).
   *
   * @param publications events that are published; null for no limit
   * @param registrations confirmed registrations, beyond which nothing more is published; null for
   *     no limit
   */
  @Schema(name = "PlanLimits")
  public record Limits(@Nullable Integer publications, @Nullable Integer registrations) {}

  /**
   * What the platform keeps of a payment.
   *
   * @param basisPoints the share of the total
   * @param perTicket the amount for each paid ticket, in each currency
   */
  @Schema(name = "PlanFeeRule")
  public record FeeTerms(int basisPoints, List<Money> perTicket) {}

  /** All that organizations on it are told, in one text: another text is another offer. */
  public String terms() {
    return "%s %s %d %s"
        .formatted(
            limits.publications(),
            limits.registrations(),
            feeRule.basisPoints(),
            feeRule.perTicket().stream()
                .map(fee -> fee.amountMinor() + fee.currency().getCurrencyCode())
                .collect(Collectors.joining(" ")));
  }
}
