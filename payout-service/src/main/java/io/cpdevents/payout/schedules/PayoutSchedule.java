package io.cpdevents.payout.schedules;

import io.cpdevents.payout.PayoutProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.money.Money;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * When an organization is paid by itself, and when what its events earned is released. Pure.
 *
 * @param version rises with each decision, not with each period
 * @param minimums less than this is not paid by itself; at most one for each currency
 * @param releaseDays days after an event's end until what it earned may be paid out
 * @param minReleaseDays what the platform has decided: the organization may only choose more
 * @param nextDueAt when its next period begins; null when it is paid on request alone
 */
public record PayoutSchedule(
    UUID organizationId,
    long version,
    PayoutInterval interval,
    List<Money> minimums,
    int releaseDays,
    int minReleaseDays,
    @Nullable Instant nextDueAt) {

  static PayoutSchedule byDefault(UUID organizationId, int releaseDays) {
    return new PayoutSchedule(
        organizationId, 1, PayoutInterval.MANUAL, List.of(), releaseDays, releaseDays, null);
  }

  /**
   * As the organization wants it.
   *
   * @throws RuleViolation {@code release-days-too-short}
   */
  PayoutSchedule changedByOrganization(ScheduleTerms terms, Instant now) {
    if (terms.releaseDaysAfterEvent() < minReleaseDays) {
      throw PayoutProblem.RELEASE_DAYS_TOO_SHORT.violation(
          "At least %d days are set for this organization.".formatted(minReleaseDays));
    }
    return changed(terms, minReleaseDays, now);
  }

  /** As the platform decides: the organization may choose no fewer days. */
  PayoutSchedule changedByPlatform(ScheduleTerms terms, Instant now) {
    return changed(terms, terms.releaseDaysAfterEvent(), now);
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
        version,
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

  private PayoutSchedule changed(ScheduleTerms terms, int newMinReleaseDays, Instant now) {
    return new PayoutSchedule(
        organizationId,
        version + 1,
        terms.interval(),
        List.copyOf(terms.minimums()),
        terms.releaseDaysAfterEvent(),
        newMinReleaseDays,
        nextDueAt(terms.interval(), now));
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
}
