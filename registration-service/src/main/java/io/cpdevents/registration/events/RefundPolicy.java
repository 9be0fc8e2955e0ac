package io.cpdevents.registration.events;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a buyer gets back who cancels; each registration keeps the one it was made under.
 *
 * @param tiers the share given back, by how long before the start; the first that fits counts, and
 *     when none fits nothing is given back
 * @param feeRefundable whether the platform's fee goes back too; true when it is left out
 */
public record RefundPolicy(
    @NotNull @Size(max = RefundPolicy.MAX_TIERS) List<@NotNull @Valid Tier> tiers,
    @Nullable Boolean feeRefundable) {

  /** The most tiers of a policy. */
  static final int MAX_TIERS = 10;

  private static final int ONE_YEAR_HOURS = 366 * 24;
  private static final int ALL_BASIS_POINTS = 10_000;
  private static final int DEFAULT_UNTIL_HOURS = 48;

  /** Everything until 48 hours before the start, then nothing. */
  static final RefundPolicy DEFAULT =
      new RefundPolicy(List.of(new Tier(DEFAULT_UNTIL_HOURS, ALL_BASIS_POINTS)), true);

  /**
   * A share that goes back.
   *
   * @param untilHoursBeforeStart the latest moment it applies, in hours before the start
   * @param refundBasisPoints 10,000 is everything
   */
  public record Tier(
      @NotNull @Min(0) @Max(ONE_YEAR_HOURS) Integer untilHoursBeforeStart,
      @NotNull @Min(0) @Max(ALL_BASIS_POINTS) Integer refundBasisPoints) {}

  /** The policy with nothing left open. */
  RefundPolicy complete() {
    return new RefundPolicy(tiers, feeRefundable == null || feeRefundable);
  }

  /** Whether each tier ends later, so closer to the start, than the one before it. */
  boolean isOrdered() {
    for (int i = 1; i < tiers.size(); i++) {
      if (tiers.get(i).untilHoursBeforeStart() >= tiers.get(i - 1).untilHoursBeforeStart()) {
        return false;
      }
    }
    return true;
  }
}
