package io.cpdevents.billing.reconciliation;

import io.cpdevents.billing.ledger.BreakKind;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about days, open and closed. */
@Component
class Days {

  private static final String NOT_ASSIGNED = "closed_on IS NULL";
  private static final String ASSIGNED = "closed_on = :firstOpen";

  private record Closed(LocalDate date, String hash, Instant closedAt) {}

  private record Figures(LocalDate date, DayFigures figures) {}

  private final JdbcClient jdbc;

  Days(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The day before which there is nothing; empty when there is nothing at all. */
  Optional<LocalDate> first() {
    return jdbc.sql(
            """
            SELECT coalesce(
                (SELECT min(date) FROM reconciliation_day),
                (SELECT min(created_at AT TIME ZONE 'UTC')::date FROM balance_transaction)) AS date
            """)
        .query((row, _) -> Optional.ofNullable(row.getObject("date", LocalDate.class)))
        .single();
  }

  /** The earliest day that is not closed; empty when there is nothing at all. */
  Optional<LocalDate> firstOpen() {
    return lastClosed().map(date -> date.plusDays(1)).or(this::first);
  }

  /** The last day that is closed; empty when none is. */
  Optional<LocalDate> lastClosed() {
    return jdbc.sql("SELECT max(date) AS date FROM reconciliation_day")
        .query((row, _) -> Optional.ofNullable(row.getObject("date", LocalDate.class)))
        .single();
  }

  /** The hash of a closed day. */
  Optional<String> hashOf(LocalDate date) {
    return jdbc.sql("SELECT hash FROM reconciliation_day WHERE date = :date")
        .param("date", date)
        .query((row, _) -> row.getString("hash"))
        .optional();
  }

  /** The days of a time with their figures, the latest first; both ends are included. */
  List<Day> between(LocalDate from, LocalDate to, LocalDate firstOpen) {
    List<Day> days = new ArrayList<>();
    if (from.isBefore(firstOpen)) {
      days.addAll(closed(from, to));
    }
    if (!to.isBefore(firstOpen)) {
      open(firstOpen, to, NOT_ASSIGNED).stream()
          .filter(day -> !day.date().isBefore(from))
          .forEach(days::add);
    }
    return days.reversed();
  }

  private List<Day> closed(LocalDate from, LocalDate to) {
    Map<LocalDate, List<DayFigures>> totals = totals(from, to);
    return jdbc
        .sql(
            """
            SELECT date, hash, closed_at FROM reconciliation_day
            WHERE date BETWEEN :from AND :to ORDER BY date
            """)
        .param("from", from)
        .param("to", to)
        .query((row, _) ->
            new Closed(
                row.getObject("date", LocalDate.class),
                row.getString("hash"),
                Columns.instant(row, "closed_at")))
        .list()
        .stream()
        .map(day ->
            new Day(
                day.date(), day.hash(), day.closedAt(), totals.getOrDefault(day.date(), List.of())))
        .toList();
  }

  private Map<LocalDate, List<DayFigures>> totals(LocalDate from, LocalDate to) {
    Map<LocalDate, List<DayFigures>> totals = new HashMap<>();
    jdbc.sql(
            """
            SELECT date, currency, balance_minor AS stripe, balance_minor AS ledger, transactions,
                   0 AS breaks
            FROM reconciliation_total WHERE date BETWEEN :from AND :to ORDER BY date, currency
            """)
        .param("from", from)
        .param("to", to)
        .query(Days::readFigures)
        .list()
        .forEach(each ->
            totals.computeIfAbsent(each.date(), _ -> new ArrayList<>()).add(each.figures()));
    return totals;
  }

  /** The earliest open day with the transactions that were assigned to it, and no others. */
  Day assigned(LocalDate firstOpen) {
    return open(firstOpen, firstOpen, ASSIGNED).getFirst();
  }

  /** Each open day from the first one on, with what was carried over to it. */
  private List<Day> open(LocalDate firstOpen, LocalDate to, String transactions) {
    Map<LocalDate, List<DayFigures>> moved = new HashMap<>();
    Stream.of(
            transactions(firstOpen, transactions),
            journalsWithoutTransaction(firstOpen),
            breaks(firstOpen))
        .flatMap(List::stream)
        .forEach(
            each -> moved.computeIfAbsent(each.date(), _ -> new ArrayList<>()).add(each.figures()));
    LocalDate before = firstOpen.minusDays(1);
    SortedMap<String, DayFigures> carried = new TreeMap<>();
    totals(before, before)
        .getOrDefault(before, List.of())
        .forEach(figures -> carried.put(figures.currency(), figures));
    return firstOpen
        .datesUntil(to.plusDays(1))
        .map(date -> new Day(date, null, null, next(carried, moved.getOrDefault(date, List.of()))))
        .toList();
  }

  private static List<DayFigures> next(
      SortedMap<String, DayFigures> carried, List<DayFigures> movedOnDay) {
    Map<String, DayFigures> moved = new HashMap<>();
    movedOnDay.forEach(figures -> moved.merge(figures.currency(), figures, Days::sum));
    moved.keySet().forEach(currency -> carried.putIfAbsent(currency, DayFigures.nothing(currency)));
    carried.replaceAll((currency, figures) ->
        figures.then(moved.getOrDefault(currency, DayFigures.nothing(currency))));
    return List.copyOf(carried.values());
  }

  private static DayFigures sum(DayFigures one, DayFigures other) {
    return new DayFigures(
        one.currency(),
        Math.addExact(one.stripeMinor(), other.stripeMinor()),
        Math.addExact(one.ledgerMinor(), other.ledgerMinor()),
        one.transactions() + other.transactions(),
        one.openBreaks() + other.openBreaks());
  }

  private List<Figures> transactions(LocalDate firstOpen, String condition) {
    return jdbc.sql(
            """
            SELECT greatest((created_at AT TIME ZONE 'UTC')::date, :firstOpen::date) AS date, currency,
                   sum(net_minor) AS stripe, sum(ledger_minor) AS ledger, count(*) AS transactions,
                   0 AS breaks
            FROM matched_transaction WHERE %s GROUP BY 1, 2
            """
                .formatted(condition))
        .param("firstOpen", firstOpen)
        .query(Days::readFigures)
        .list();
  }

  private List<Figures> journalsWithoutTransaction(LocalDate firstOpen) {
    return jdbc.sql(
            """
            SELECT (recorded_at AT TIME ZONE 'UTC')::date AS date, currency, 0 AS stripe,
                   sum(amount_minor) AS ledger, 0 AS transactions, 0 AS breaks
            FROM journal JOIN posting ON journal_id = journal.id AND account = 'stripe'
            WHERE recorded_at >= :from
                AND (kind <> 'balance-transaction' OR NOT EXISTS (
                    SELECT FROM balance_transaction WHERE balance_transaction.id = business_id))
            GROUP BY 1, 2
            """)
        .param("from", Parameters.instant(Day.beginningOf(firstOpen)))
        .query(Days::readFigures)
        .list();
  }

  private List<Figures> breaks(LocalDate firstOpen) {
    return jdbc.sql(
            """
            SELECT greatest((happened_at AT TIME ZONE 'UTC')::date, :firstOpen::date) AS date, currency,
                   0 AS stripe, 0 AS ledger, 0 AS transactions, count(*) AS breaks
            FROM ledger_break
            WHERE resolved_at IS NULL AND kind = ANY (:kinds)
                AND id NOT IN (SELECT id FROM undecided_break)
            GROUP BY 1, 2
            """)
        .param("firstOpen", firstOpen)
        .param(
            "kinds",
            Parameters.constants(
                Arrays.stream(BreakKind.values()).filter(BreakKind::holdsDay).toList(),
                kind -> kind))
        .query(Days::readFigures)
        .list();
  }

  private static Figures readFigures(ResultSet row, int number) throws SQLException {
    return new Figures(
        row.getObject("date", LocalDate.class),
        new DayFigures(
            row.getString("currency"),
            row.getLong("stripe"),
            row.getLong("ledger"),
            row.getLong("transactions"),
            row.getLong("breaks")));
  }

  /** Gives the open transactions of a day, and those that came late, to it for good. */
  void assignTransactions(LocalDate date) {
    jdbc.sql(
            """
            UPDATE balance_transaction SET closed_on = :date
            WHERE closed_on IS NULL AND created_at < :end
            """)
        .param("date", date)
        .param("end", Parameters.instant(Day.endOf(date)))
        .update();
  }

  /**
   * Whether one of its transactions lacks its journal, or that moves another amount. Sums do not
   * tell it: two that differ by opposite amounts make none.
   */
  boolean hasUnmatched(LocalDate date) {
    return jdbc.sql(
            """
            SELECT EXISTS (
                SELECT FROM matched_transaction
                WHERE closed_on = :date
                    AND (net_minor <> ledger_minor OR (journal_id IS NULL AND fee_minor <> 0)))
            """)
        .param("date", date)
        .query(Boolean.class)
        .single();
  }

  /**
   * Whether the totals of a closed day are those of the day before and what its transactions have
   * moved: no hash is over them.
   */
  boolean hasItsTotals(LocalDate date) {
    return jdbc.sql(
            """
            SELECT NOT EXISTS (
                SELECT FROM (
                    SELECT currency, balance_minor, transactions FROM reconciliation_total
                    WHERE date = :date
                    UNION ALL
                    SELECT currency, -balance_minor, 0 FROM reconciliation_total
                    WHERE date = :before
                    UNION ALL
                    SELECT currency, -net_minor, -1 FROM balance_transaction
                    WHERE closed_on = :date) both_sides
                GROUP BY currency HAVING sum(balance_minor) <> 0 OR sum(transactions) <> 0)
            """)
        .param("date", date)
        .param("before", date.minusDays(1))
        .query(Boolean.class)
        .single();
  }

  /** Adds a day that is closed. */
  void insert(Day day) {
    jdbc.sql(
            "INSERT INTO reconciliation_day (date, hash, closed_at) VALUES (:date, :hash, :closedAt)")
        .param("date", day.date())
        .param("hash", day.hash())
        .param("closedAt", Parameters.instant(day.closedAt()))
        .update();
    jdbc.sql(
            """
            INSERT INTO reconciliation_total (date, currency, balance_minor, transactions)
            SELECT :date, currency, balance, transactions
            FROM unnest(:currencies, :balances, :transactions) AS t (currency, balance, transactions)
            """)
        .param("date", day.date())
        .param("currencies", Parameters.texts(day.currencies(), DayFigures::currency))
        .param("balances", Parameters.bigints(day.currencies(), DayFigures::stripeMinor))
        .param("transactions", Parameters.bigints(day.currencies(), DayFigures::transactions))
        .update();
  }
}
