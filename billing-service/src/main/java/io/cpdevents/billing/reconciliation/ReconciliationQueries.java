package io.cpdevents.billing.reconciliation;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.web.Cursor;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What platform finance sees of days. */
@Component
public class ReconciliationQueries {

  /** A day has no id: its cursor is its midnight. */
  private static final UUID NO_ID = new UUID(0, 0);

  private final Days days;
  private final BalanceProgress progress;
  private final Clock clock;

  ReconciliationQueries(Days days, BalanceProgress progress, Clock clock) {
    this.days = days;
    this.progress = progress;
    this.clock = clock;
  }

  /** The days from the first movement of Stripe's balance until today, the latest first. */
  @Transactional(readOnly = true)
  public Page<ReconciliationView> list(PageRequest page) {
    Optional<LocalDate> first = days.first();
    LocalDate last =
        page.after()
            .map(cursor -> Day.of(cursor.at()).minusDays(1))
            .orElse(Day.of(clock.instant()));
    if (first.isEmpty() || last.isBefore(first.get())) {
      return Page.whole(List.of());
    }
    LocalDate from = last.minusDays(page.limit());
    return Page.of(
        views(from.isBefore(first.get()) ? first.get() : from, last),
        page,
        view -> new Cursor(Day.beginningOf(view.date()), NO_ID));
  }

  /**
   * A day.
   *
   * @throws RuleViolation 404 {@code reconciliation-not-found} for a day before the first movement
   *     of Stripe's balance, or after today
   */
  @Transactional(readOnly = true)
  public ReconciliationView day(LocalDate date) {
    boolean isReconciled =
        days.first()
            .filter(first -> !date.isBefore(first) && !date.isAfter(Day.of(clock.instant())))
            .isPresent();
    if (!isReconciled) {
      throw BillingProblem.RECONCILIATION_NOT_FOUND.violation();
    }
    return views(date, date).getFirst();
  }

  /** The days of a time of which something is known, the latest first. */
  @Transactional(readOnly = true)
  public List<ReconciliationView> between(LocalDate from, LocalDate to) {
    LocalDate today = Day.of(clock.instant());
    LocalDate last = to.isAfter(today) ? today : to;
    return days.first()
        .map(first -> first.isAfter(from) ? first : from)
        .filter(begin -> !begin.isAfter(last))
        .map(begin -> views(begin, last))
        .orElse(List.of());
  }

  private List<ReconciliationView> views(LocalDate from, LocalDate to) {
    Instant now = clock.instant();
    LocalDate firstOpen = days.firstOpen().orElseThrow();
    Optional<Instant> followedUntil = progress.followedUntil(BalanceProgress.PLATFORM);
    return days.between(from, to, firstOpen).stream()
        .map(day ->
            new ReconciliationView(
                day.date(),
                day.isClosed() ? ReconciliationStatus.CLOSED : ReconciliationStatus.OPEN,
                day.waitsFor(now, firstOpen, followedUntil).orElse(null),
                day.currencies().stream().map(ReconciliationView.CurrencyView::of).toList(),
                day.hash(),
                day.closedAt()))
        .toList();
  }
}
