package io.cpdevents.billing.reconciliation;

import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The file of a closed day, whose SHA-256 is the hash of the day. */
@Component
public class DayFileQueries {

  private static final int MAX_BATCH_ROWS = 1_000;

  private final JdbcClient jdbc;
  private final Days days;

  DayFileQueries(JdbcClient jdbc, Days days) {
    this.jdbc = jdbc;
    this.days = days;
  }

  /** Reads it, piece by piece: a header, the transactions in order, the hash of the day before. */
  public void read(LocalDate date, Consumer<String> reader) {
    reader.accept(DayLine.HEADER);
    Optional<DayLine> last = Optional.empty();
    while (true) {
      List<DayLine> lines = after(last, date);
      if (lines.isEmpty()) {
        break;
      }
      lines.forEach(line -> reader.accept(line.csv()));
      last = Optional.of(lines.getLast());
    }
    reader.accept(DayLine.dayBefore(days.hashOf(date.minusDays(1)).orElse(DayLine.NO_HASH)));
  }

  private List<DayLine> after(Optional<DayLine> last, LocalDate date) {
    JdbcClient.StatementSpec statement =
        jdbc.sql(
            """
            SELECT id, type, source, currency, amount_minor, fee_minor, net_minor, created_at,
                   journal_id, ledger_minor
            FROM matched_transaction WHERE closed_on = :date
            """
                + (last.isEmpty() ? "" : " AND (created_at, id COLLATE \"C\") > (:lastAt, :last)")
                + " ORDER BY created_at, id COLLATE \"C\" LIMIT :rows");
    last.ifPresent(line ->
        statement.param("lastAt", Parameters.instant(line.createdAt())).param("last", line.id()));
    return statement
        .param("date", date)
        .param("rows", MAX_BATCH_ROWS)
        .query((row, _) ->
            new DayLine(
                row.getString("id"),
                row.getString("type"),
                row.getString("source"),
                row.getString("currency"),
                row.getLong("amount_minor"),
                row.getLong("fee_minor"),
                row.getLong("net_minor"),
                Columns.instant(row, "created_at"),
                Columns.uuidOrNull(row, "journal_id"),
                row.getLong("ledger_minor")))
        .list();
  }
}
