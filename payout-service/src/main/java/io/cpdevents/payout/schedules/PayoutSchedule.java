package io.cpdevents.payout.schedules;

import io.cpdevents.payout.PayoutProblem;
import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.money.Money;
import java.time.Instant;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * When an organization is paid by itself, and when what its events earned is released. Pure.
 *
 * @param minimums less than this is not paid by itself; at most one for each currency
 * @param releaseDays days after an event's end until what it earned may be paid out
 * @param minReleaseDays what the platform has decided: the organization may only choose more
 * @param nextDueAt when its next period begins; null when it is paid on request alone
 */
public record PayoutSchedule(
    UUID organizationId,
    PayoutInterval interval,
    List<Money> minimums,
    int releaseDays,
    int minReleaseDays,
    @Nullable Instant nextDueAt) {

  /** The fewest days that the platform grants. */
  static final int MIN_RELEASE_DAYS = 2;

  /** The most days that anybody may choose. */
  static final int MAX_RELEASE_DAYS = 365;

  /**
   * What somebody wants a schedule to be.
   *
   * @param minimums less than this is not paid by itself; at most one for each currency
   */
  public record Wish(PayoutInterval interval, List<Money> minimums, int releaseDaysAfterEvent) {

    /** Copies the list. */
    public Wish {
      minimums = List.copyOf(minimums);
    }
  }

  static PayoutSchedule byDefault(UUID organizationId, int releaseDays) {
    return new PayoutSchedule(
        organizationId, PayoutInterval.MANUAL, List.of(), releaseDays, releaseDays, null);
  }

  static boolean isPossible(int releaseDays) {
    return MIN_RELEASE_DAYS <= releaseDays && releaseDays <= MAX_RELEASE_DAYS;
  }

  /**
   * As the organization wants it.
   *
   * @throws RuleViolation {@code invalid-request} or {@code release-days-too-short}
   */
  PayoutSchedule changedByOrganization(Wish wish, Instant now) {
    requireValid(wish);
    if (wish.releaseDaysAfterEvent() < minReleaseDays) {
      throw PayoutProblem.RELEASE_DAYS_TOO_SHORT.violation(
          "At least %d days are set for this organization.".formatted(minReleaseDays));
    }
    return changed(wish, minReleaseDays, now);
  }

  /**
   * As the platform decides: the organization may choose no fewer days.
   *
   * @throws RuleViolation {@code invalid-request}
   */
  PayoutSchedule changedByPlatform(Wish wish, Instant now) {
    requireValid(wish);
    return changed(wish, wish.releaseDaysAfterEvent(), now);
  }

  /** Its period that has begun, and is to be paid now; none when it is paid on request alone. */
  public Optional<Instant> duePeriod(Instant now) {
    return nextDueAt == null || nextDueAt.isAfter(now)
        ? Optional.empty()
        : Optional.of(interval.periodStart(now));
  }

  /** Its due period is over with: it waits for the next. Periods that were missed are left out. */
  PayoutSchedule waitingForNext(Instant now) {
    return new PayoutSchedule(
        organizationId,
        interval,
        minimums,
        releaseDays,
        minReleaseDays,
        interval.nextPeriodStart(now));
  }

  /** The least that is paid by itself in a currency. */
  public Money minimum(Currency currency) {
    return minimums.stream()
        .filter(minimum -> minimum.currency().equals(currency))
        .findFirst()
        .orElse(Money.zero(currency));
  }

  private PayoutSchedule changed(Wish wish, int newMinReleaseDays, Instant now) {
    return new PayoutSchedule(
        organizationId,
        wish.interval(),
        wish.minimums(),
        wish.releaseDaysAfterEvent(),
        newMinReleaseDays,
        nextDueAt(wish.interval(), now));
  }

  /** A period that is due stays due: changing the schedule does not skip it. */
  private @Nullable Instant nextDueAt(PayoutInterval newInterval, Instant now) {
    if (newInterval == PayoutInterval.MANUAL) {
      return null;
    }
    return newInterval == interval
        ? Objects.requireNonNull(nextDueAt)
        : newInterval.nextPeriodStart(now);
  }

  private static void requireValid(Wish wish) {
    if (!isPossible(wish.releaseDaysAfterEvent())) {
      throw FieldProblem.OUT_OF_RANGE.on("releaseDaysAfterEvent");
    }
    Set<Currency> currencies = new HashSet<>();
    for (int i = 0; i < wish.minimums().size(); i++) {
      Money minimum = wish.minimums().get(i);
      if (!minimum.isPositive()) {
        throw FieldProblem.OUT_OF_RANGE.on("minimums[" + i + "].amountMinor");
      }
      if (!currencies.add(minimum.currency())) {
        throw FieldProblem.CURRENCY_TWICE.on("minimums[" + i + "].currency");
      }
    }
  }
}
