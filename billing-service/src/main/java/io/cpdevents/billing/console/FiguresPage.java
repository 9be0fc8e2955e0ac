package io.cpdevents.billing.console;

import io.cpdevents.billing.reconciliation.ReconciliationQueries;
import io.cpdevents.billing.reconciliation.ReconciliationView;
import io.cpdevents.platform.money.Money;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/** What the last months and days look like, a plot for each currency. */
@Component
public class FiguresPage {

  private static final int MONTHS = 12;
  private static final int DAYS = 31;

  /**
   * The figures of a currency.
   *
   * @param months what was earned and what went back, for each of the last months
   * @param days by how much Stripe had more than the ledger, at the end of each of the last days
   */
  public record OfCurrency(Currency currency, Plot months, Plot days) {}

  /**
   * Everything on the page.
   *
   * @param months those that are shown, the latest first: what can be downloaded
   */
  public record Figures(List<OfCurrency> currencies, List<YearMonth> months) {}

  private final MonthlyFigures monthly;
  private final ReconciliationQueries days;
  private final Clock clock;

  FiguresPage(MonthlyFigures monthly, ReconciliationQueries days, Clock clock) {
    this.monthly = monthly;
    this.days = days;
    this.clock = clock;
  }

  /** The figures until today. */
  public Figures now() {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    List<YearMonth> months =
        IntStream.rangeClosed(1 - MONTHS, 0).mapToObj(YearMonth.from(today)::plusMonths).toList();
    List<MonthlyFigures.Row> rows = monthly.since(months.getFirst());
    List<ReconciliationView> lastDays = days.between(today.minusDays(DAYS - 1L), today);
    SortedSet<String> currencies = new TreeSet<>();
    rows.forEach(row -> currencies.add(row.currency()));
    lastDays.forEach(
        day -> day.currencies().forEach(each -> currencies.add(each.currency().getCurrencyCode())));
    return new Figures(
        currencies.stream()
            .map(Currency::getInstance)
            .map(currency ->
                new OfCurrency(currency, months(months, rows, currency), days(lastDays, currency)))
            .toList(),
        months.reversed());
  }

  private static Plot months(
      List<YearMonth> months, List<MonthlyFigures.Row> rows, Currency currency) {
    Map<YearMonth, MonthlyFigures.Row> byMonth =
        rows.stream()
            .filter(row -> row.currency().equals(currency.getCurrencyCode()))
            .collect(Collectors.toMap(MonthlyFigures.Row::month, row -> row));
    return Plot.of(
        List.of("Platform fees", "Refunds", "Disputes"),
        months.stream()
            .map(month -> {
              MonthlyFigures.Row row = byMonth.get(month);
              return new Plot.Group(
                  month.toString(),
                  row == null
                      ? List.of(Money.zero(currency), Money.zero(currency), Money.zero(currency))
                      : List.of(row.fees(), row.refunds(), row.disputes()));
            })
            .toList());
  }

  private static Plot days(List<ReconciliationView> lastDays, Currency currency) {
    return Plot.of(
        List.of("Stripe less ledger"),
        lastDays.reversed().stream()
            .map(day ->
                new Plot.Group(
                    day.date().toString(),
                    List.of(
                        day.currencies().stream()
                            .filter(each -> each.currency().equals(currency))
                            .map(ReconciliationView.CurrencyView::difference)
                            .findFirst()
                            .orElse(Money.zero(currency)))))
            .toList());
  }
}
