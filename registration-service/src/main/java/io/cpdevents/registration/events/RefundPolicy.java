package io.cpdevents.registration.events;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a buyer gets back who cancels. A registration keeps the policy that it was made under.
 *
 * @param tiers which share goes back, by the time that is left before the start: the first tier
 *     that is still open counts, and when none is nothing goes back
 * @param feeRefundable whether the platform gives its share of the fee back with a refund; true
 *     when it is left out. The buyer gets the same either way; when it is false, the organization
 *     bears the platform's share
 */
public record RefundPolicy(
    @NotNull @Size(max = RefundPolicy.MAX_TIERS) List<@NotNull @Valid Tier> tiers,
    @Nullable Boolean feeRefundable) {

  static final int MAX_TIERS = 10;

  private static final int MAX_UNTIL_HOURS = 366 * 24;
  private static final int ALL_BASIS_POINTS = 10_000;
  private static final int DEFAULT_UNTIL_HOURS = 48;

  /** Everything until 48 hours before the start, then nothing. */
  static final RefundPolicy DEFAULT =
      new RefundPolicy(List.of(new Tier(DEFAULT_UNTIL_HOURS, ALL_BASIS_POINTS)), true);

  /**
   * A share that goes back.
   *
   * @param untilHoursBeforeStart how many hours before the start the tier closes
   * @param refundBasisPoints 10,000 is everything
   */
  public record Tier(
      @NotNull @Min(0) @Max(MAX_UNTIL_HOURS) Integer untilHoursBeforeStart,
      @NotNull @Min(0) @Max(ALL_BASIS_POINTS) Integer refundBasisPoints) {

    /** Whether nothing is kept. */
    public boolean returnsEverything() {
      return refundBasisPoints == ALL_BASIS_POINTS;
    }

    /** Whether it still counts: up to and including the moment at which it closes. */
    private boolean isOpen(Instant now, Instant start) {
      return !now.isAfter(start.minus(Duration.ofHours(untilHoursBeforeStart)));
    }
  }

  /** Fills in what was left out. */
  public RefundPolicy {
    feeRefundable = feeRefundable == null || feeRefundable;
  }

  /** Whether the platform's share of the fee goes back too. */
  public boolean returnsFee() {
    return Boolean.TRUE.equals(feeRefundable);
  }

  /**
   * The tier that counts for whoever cancels now: of each start the first tier that is still open,
   * and of those the best for the buyer; empty when none is open.
   *
   * @param starts the event's start as it is now and as it was when the buyer booked: an organizer
   *     who moves an event takes nothing from those who have booked before
   */
  public Optional<Tier> tierAt(Instant now, List<Instant> starts) {
    return starts.stream()
        .flatMap(
            start -> tiers.stream().filter(tier -> tier.isOpen(now, start)).findFirst().stream())
        .max(Comparator.comparing(Tier::refundBasisPoints));
  }

  /** Whether each tier closes later, so nearer to the start, than the one before it. */
  boolean isOrdered() {
    if (tiers == null) {
      return true;
    }
    List<Integer> hours =
        tiers.stream()
            .filter(Objects::nonNull)
            .map(Tier::untilHoursBeforeStart)
            .filter(Objects::nonNull)
            .toList();
    return IntStream.range(1, hours.size()).allMatch(i -> hours.get(i) < hours.get(i - 1));
  }
}
