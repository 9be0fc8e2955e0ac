package io.cpdevents.payout.schedules;

import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about payout schedules. */
@Component
class PayoutSchedules {

  /** The column's form: JSON keeps the names of a record's fields. */
  private record Minimums(List<Money> data) {}

  private final JdbcClient jdbc;

  PayoutSchedules(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Optional<PayoutSchedule> find(UUID organizationId) {
    return jdbc.sql("SELECT * FROM payout_schedule WHERE organization_id = :organizationId")
        .param("organizationId", organizationId)
        .query((row, _) -> read(row))
        .optional();
  }

  /** Stores what is there by default, if nothing is, and locks it. */
  PayoutSchedule lock(PayoutSchedule byDefault) {
    insertIfMissing(byDefault);
    return jdbc.sql(
            """
            SELECT * FROM payout_schedule WHERE organization_id = :organizationId FOR UPDATE
            """)
        .param("organizationId", byDefault.organizationId())
        .query((row, _) -> read(row))
        .single();
  }

  private void insertIfMissing(PayoutSchedule schedule) {
    jdbc.sql(
            """
            INSERT INTO payout_schedule (organization_id, version, interval, minimums,
                                         release_days, min_release_days, next_due_at)
            VALUES (:organizationId, :version, :interval, :minimums, :releaseDays,
                    :minReleaseDays, :nextDueAt)
            ON CONFLICT (organization_id) DO NOTHING
            """)
        .params(parameters(schedule))
        .update();
  }

  void save(PayoutSchedule schedule) {
    jdbc.sql(
            """
            UPDATE payout_schedule
            SET version = :version, interval = :interval, minimums = :minimums,
                release_days = :releaseDays, min_release_days = :minReleaseDays,
                next_due_at = :nextDueAt, retry_at = NULL
            WHERE organization_id = :organizationId
            """)
        .params(parameters(schedule))
        .update();
  }

  /** The due period could not be paid, and is tried again then. */
  void retryAt(UUID organizationId, Instant retryAt) {
    jdbc.sql(
            """
            UPDATE payout_schedule SET retry_at = :retryAt
            WHERE organization_id = :organizationId AND next_due_at IS NOT NULL
            """)
        .param("organizationId", organizationId)
        .param("retryAt", Parameters.instant(retryAt))
        .update();
  }

  /** How many have a period that could not be paid. */
  long countFailing() {
    return jdbc.sql("SELECT count(*) FROM payout_schedule WHERE retry_at IS NOT NULL")
        .query(Long.class)
        .single();
  }

  /** Schedules of which a period has begun, longest due first, but those that are tried later. */
  List<PayoutSchedule> due(Instant now, int maxRows) {
    return jdbc.sql(
            """
            SELECT * FROM payout_schedule
            WHERE next_due_at <= :now AND (retry_at IS NULL OR retry_at <= :now)
            ORDER BY next_due_at LIMIT :maxRows
            """)
        .param("now", Parameters.instant(now))
        .param("maxRows", maxRows)
        .query((row, _) -> read(row))
        .list();
  }

  private static Map<String, Object> parameters(PayoutSchedule schedule) {
    Map<String, Object> columns = new HashMap<>();
    columns.put("organizationId", schedule.organizationId());
    columns.put("version", schedule.version());
    columns.put("interval", Parameters.constant(schedule.interval()));
    columns.put("minimums", Parameters.json(new Minimums(schedule.minimums())));
    columns.put("releaseDays", schedule.releaseDays());
    columns.put("minReleaseDays", schedule.minReleaseDays());
    columns.put("nextDueAt", Parameters.instant(schedule.nextDueAt()));
    return columns;
  }

  private static PayoutSchedule read(ResultSet row) throws SQLException {
    return new PayoutSchedule(
        Columns.uuid(row, "organization_id"),
        row.getLong("version"),
        Columns.constant(PayoutInterval.class, row, "interval"),
        Columns.json(Minimums.class, row, "minimums").data(),
        row.getInt("release_days"),
        row.getInt("min_release_days"),
        Columns.instantOrNull(row, "next_due_at"));
  }
}
