package io.cpdevents.benchmarks.stage;

import io.cpdevents.driver.inside.Databases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the services asked PostgreSQL meanwhile, costliest first: milliseconds, calls, rows,
 * database and text of each statement, without the time of commits. PostgreSQL's own extension
 * counts them; the looks of this process are left out.
 */
final class StatementCounts implements Profile {

  private static final String DATABASE = "postgres";

  private final Databases databases;
  private final Path file;

  private StatementCounts(Databases databases, Path file) {
    this.databases = databases;
    this.file = file;
  }

  static StatementCounts start(Databases databases, Path file) {
    databases.execute(DATABASE, "CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
    databases.execute(DATABASE, "SELECT pg_stat_statements_reset()");
    return new StatementCounts(databases, file);
  }

  @Override
  public void close() {
    List<String> lines = new ArrayList<>();
    lines.add(line("total ms", "plan ms", "calls", "rows", "database", "statement"));
    lines.addAll(
        databases.rows(
            DATABASE,
            """
            SELECT round((total_exec_time + total_plan_time)::numeric, 1) AS total_ms,
                   round(total_plan_time::numeric, 1) AS plan_ms, calls, rows, datname,
                   regexp_replace(query, '\\s+', ' ', 'g') AS statement
            FROM pg_stat_statements
            JOIN pg_database ON pg_database.oid = dbid
            JOIN pg_roles ON pg_roles.oid = userid
            WHERE NOT rolsuper
            ORDER BY total_ms DESC
            """,
            row ->
                line(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getString(5),
                    row.getString(6))));
    try {
      Files.write(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String line(
      String total, String planning, String calls, String rows, String database, String statement) {
    return String.format(
        Locale.ROOT,
        "%10s %9s %8s %8s %-14s %s",
        total,
        planning,
        calls,
        rows,
        database,
        statement);
  }
}
