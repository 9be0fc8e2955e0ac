package io.cpdevents.platform.operations;

import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import io.cpdevents.platform.web.Cursor;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the jobs of this service from db-scheduler's table. */
final class ScheduledJobs {

  /**
   * A job; all times are system time.
   *
   * @param instance {@code recurring} for a sweep, otherwise what the job is about
   * @param nextRunAt when it is due. If that is long ago and the job is not picked, no instance
   *     runs jobs
   * @param picked whether an instance of the service is running it
   * @param lastHeartbeatAt when that instance last reported that it is alive
   * @param consecutiveFailures how often it has failed since its last success
   */
  record JobView(
      @Schema(example = "end-expired-sessions") String name,
      String instance,
      Instant nextRunAt,
      boolean picked,
      @Nullable String pickedBy,
      @Nullable Instant lastHeartbeatAt,
      @Nullable Instant lastSuccessAt,
      @Nullable Instant lastFailureAt,
      int consecutiveFailures) {}

  private record Row(JobView view, UUID tieBreaker) {
    Cursor cursor() {
      return new Cursor(view.nextRunAt(), tieBreaker);
    }
  }

  private final JdbcClient jdbc;

  ScheduledJobs(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * The jobs, in the order in which they are due.
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
                           CAST(md5(task_name || ' ' || task_instance) AS uuid) AS tie_breaker
                    FROM scheduled_tasks
                    WHERE CAST(:name AS text) IS NULL OR task_name = :name) AS job
                WHERE (execution_time, tie_breaker) > (:at, :tieBreaker)
                ORDER BY execution_time, tie_breaker
                LIMIT :rows
                """)
            .param("name", Parameters.text(name))
            .param("at", Parameters.instant(after.at()))
            .param("tieBreaker", after.id())
            .param("rows", page.rowsToFetch())
            .query(ScheduledJobs::read)
            .list();
    return Page.of(rows, page, Row::cursor).map(Row::view);
  }

  private static Row read(ResultSet row, int number) throws SQLException {
    return new Row(
        new JobView(
            row.getString("task_name"),
            row.getString("task_instance"),
            Columns.instant(row, "execution_time"),
            row.getBoolean("picked"),
            row.getString("picked_by"),
            Columns.instantOrNull(row, "last_heartbeat"),
            Columns.instantOrNull(row, "last_success"),
            Columns.instantOrNull(row, "last_failure"),
            row.getInt("consecutive_failures")),
        Columns.uuid(row, "tie_breaker"));
  }
}
