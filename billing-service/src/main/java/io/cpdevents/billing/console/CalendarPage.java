package io.cpdevents.billing.console;

import io.cpdevents.billing.reconciliation.ReconciliationQueries;
import io.cpdevents.billing.reconciliation.ReconciliationView;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The days of a month in weeks that begin on Mondays. */
@Component
public class CalendarPage {

  private static final int DAYS_OF_A_WEEK = 7;
  private static final YearMonth FIRST = YearMonth.of(2000, 1);
  private static final YearMonth LAST = YearMonth.of(2999, 12);

  /**
   * A month.
   *
   * @param weeks rows of seven
   */
  public record Month(YearMonth month, YearMonth before, YearMonth after, List<List<Cell>> weeks) {}

  /**
   * A place in the calendar.
   *
   * @param date null before the first and after the last of the month
   * @param day null when nothing is known of the date: before the first movement, and to come
   */
  public record Cell(@Nullable LocalDate date, @Nullable ReconciliationView day) {

    /** What people have to explain before the day can be closed. */
    public long openBreaks() {
      return day == null
          ? 0
          : day.currencies().stream().mapToLong(ReconciliationView.CurrencyView::openBreaks).sum();
    }

    /** The currencies in which Stripe and the ledger have other sums. */
    public List<ReconciliationView.CurrencyView> differences() {
      return day == null
          ? List.of()
          : day.currencies().stream().filter(each -> !each.difference().isZero()).toList();
    }
  }

  private final ReconciliationQueries queries;

  CalendarPage(ReconciliationQueries queries) {
    this.queries = queries;
  }

  /** Whether a month may have days that people ask for. */
  public static boolean hasDays(YearMonth month) {
    return !month.isBefore(FIRST) && !month.isAfter(LAST);
  }

  /** The calendar of a month. */
  public Month of(YearMonth month) {
    Map<LocalDate, ReconciliationView> known =
        queries.between(month.atDay(1), month.atEndOfMonth()).stream()
            .collect(Collectors.toMap(ReconciliationView::date, Function.identity()));
    List<Cell> cells = new ArrayList<>();
    int before = month.atDay(1).getDayOfWeek().getValue() - 1;
    IntStream.range(0, before).forEach(_ -> cells.add(new Cell(null, null)));
    IntStream.rangeClosed(1, month.lengthOfMonth())
        .mapToObj(month::atDay)
        .forEach(date -> cells.add(new Cell(date, known.get(date))));
    while (cells.size() % DAYS_OF_A_WEEK != 0) {
      cells.add(new Cell(null, null));
    }
    List<List<Cell>> weeks =
        IntStream.range(0, cells.size() / DAYS_OF_A_WEEK)
            .mapToObj(week -> cells.subList(week * DAYS_OF_A_WEEK, (week + 1) * DAYS_OF_A_WEEK))
            .toList();
    return new Month(month, month.minusMonths(1), month.plusMonths(1), weeks);
  }
}
