package io.cpdevents.payout.balances;

import io.cpdevents.payout.schedules.ScheduleQueries;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.web.Cursor;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The read side of balances. */
@Component
public class BalanceQueries {

  private final Balances balances;
  private final ScheduleQueries schedules;
  private final Clock clock;

  BalanceQueries(Balances balances, ScheduleQueries schedules, Clock clock) {
    this.balances = balances;
    this.schedules = schedules;
    this.clock = clock;
  }

  /**
   * An organization's balances as of now, one for each currency that it ever had an entry in,
   * ordered by currency.
   */
  public List<Balance> balancesOf(UUID organizationId) {
    return balances.of(organizationId, schedules.releaseTimeOf(organizationId), clock.instant());
  }

  /** All that these organizations have, one for each currency that they ever had an entry in. */
  public List<BalanceSum> sumsOf(List<UUID> organizationIds) {
    return balances.sumsOf(organizationIds);
  }

  /** What an organization could be paid out now, and whether an event's money is a part of that. */
  public EventMoney eventMoney(UUID organizationId, Currency currency, UUID eventId) {
    Money available =
        balancesOf(organizationId).stream()
            .map(Balance::available)
            .filter(amount -> amount.currency().equals(currency))
            .findFirst()
            .orElseGet(() -> Money.zero(currency));
    Balances.EventPart part = balances.eventPart(organizationId, currency, eventId);
    Instant end = part.latestEndsAt();
    Instant releasesAt = end == null ? null : end.plus(schedules.releaseTimeOf(organizationId));
    if (releasesAt != null && !releasesAt.isAfter(clock.instant())) {
      return new EventMoney(available, true, Money.zero(currency), null);
    }
    return new EventMoney(
        available, part.partlyPaid(), new Money(part.unpaidMinor(), currency), releasesAt);
  }

  /** What an organization's events that ended until then have earned is released now. */
  public Instant releasedByEndsUntil(UUID organizationId) {
    return clock.instant().minus(schedules.releaseTimeOf(organizationId));
  }

  /**
   * What an organization's balance is made of, newest first.
   *
   * @param currency null: in all currencies
   */
  public Page<EntryView> entriesOf(
      UUID organizationId, @Nullable Currency currency, PageRequest request) {
    Duration releaseTime = schedules.releaseTimeOf(organizationId);
    Instant now = clock.instant();
    return Page.of(
            balances.entriesOf(organizationId, currency, request),
            request,
            row -> new Cursor(row.entry().occurredAt(), row.entry().id()))
        .map(row -> view(row, releaseTime, now));
  }

  private static EntryView view(Balances.EntryWithRelease row, Duration releaseTime, Instant now) {
    Instant end = row.latestEndsAt();
    return EntryView.of(
        row.entry(), row.settled(), end == null ? null : end.plus(releaseTime), now);
  }
}
