package io.cpdevents.platform.operations;

import io.cpdevents.platform.web.Cursor;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The jobs of this service, as db-scheduler keeps them. */
final class ScheduledJobs {

  /**
   * A job; all times are the machine's.
   *
   * @param instance {@code recurring} for a sweep, else what the job is about
   * @param nextRunAt when it is due; far in the past with nobody at it: nobody runs jobs
   * @param picked whether an instance of the service is at it
   * @param lastHeartbeatAt when that instance last said so
   * @param consecutiveFailures since it last worked
   */
  record JobView(
      String name,
      String instance,
      Instant nextRunAt,
      boolean picked,
      @Nullable String pickedBy,
      @Nullable Instant lastHeartbeatAt,
      @Nullable Instant lastSuccessAt,
      @Nullable Instant lastFailureAt,
      int consecutiveFailures) {}

  private record Row(JobView view, UUID place) {
    Cursor cursor() {
      return new Cursor(view.nextRunAt(), place);
    }
  }

  private final JdbcClient jdbc;

  ScheduledJobs(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * What is due for longest first.
   *
   * @param name only jobs of this name; null for all
   */
  Page<JobView> list(@Nullable String name, PageRequest page) {
    Cursor after = page.after().orElse(new Cursor(Instant.EPOCH, new UUID(0, 0)));
    List<Row> rows =
        jdbc.sql(
                """
                SELECT * FROM (
                    SELECT task_name, task_instance, execution_time, picked, picked_by,
                           last_heartbeat, last_success, last_failure, consecutive_failures,
                           CAST(md5(task_name || ' ' || task_instance) AS uuid) AS place
                    FROM scheduled_tasks
                    WHERE CAST(:name AS text) IS NULL OR task_name = :name) AS job
                WHERE (execution_time, place) > (:at, :place)
                ORDER BY execution_time, place
                LIMIT :most
                """)
            .param("name", name, Types.VARCHAR)
            .param("at", OffsetDateTime.ofInstant(after.at(), ZoneOffset.UTC))
            .param("place", after.id())
            .param("most", page.rowsToFetch())
            .query(ScheduledJobs::read)
            .list();
    return Page.of(rows, page, Row::cursor).map(Row::view);
  }

  private static Row read(ResultSet row, int number) throws SQLException {
    return new Row(
        new JobView(
            row.getString("task_name"),
            row.getString("task_instance"),
            row.getObject("execution_time", OffsetDateTime.class).toInstant(),
            row.getBoolean("picked"),
            row.getString("picked_by"),
            instant(row, "last_heartbeat"),
            instant(row, "last_success"),
            instant(row, "last_failure"),
            row.getInt("consecutive_failures")),
        row.getObject("place", UUID.class));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
    return at == null ? null : at.toInstant();
  }
}
