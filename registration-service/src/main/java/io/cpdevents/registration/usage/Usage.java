package io.cpdevents.registration.usage;

import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about what organizations use and may use. */
@Component
class Usage {

  /** An organization whose registrations have a limit. */
  record Limited(UUID organizationId, int registrations) {}

  /** More than a mail can show. */
  private static final int MAX_BEYOND_PLAN_ROWS = 500;

  private final JdbcClient jdbc;

  Usage(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Keeps what an organization may use, unless this version or a later one is kept. */
  void keep(KeepEntitlements.Command entitlements, Instant now) {
    jdbc.sql(
            """
            INSERT INTO entitlements AS kept (
                organization_id, version, plan_id, max_publications, max_registrations,
                next_look_at)
            VALUES (
                :organizationId, :version, :planId, :publications, :registrations,
                CASE WHEN :registrations IS NOT NULL THEN :now END)
            ON CONFLICT (organization_id) DO UPDATE
            SET version = excluded.version, plan_id = excluded.plan_id,
                max_publications = excluded.max_publications,
                max_registrations = excluded.max_registrations,
                next_look_at = excluded.next_look_at
            WHERE kept.version < excluded.version
            """)
        .param("organizationId", entitlements.organizationId())
        .param("version", entitlements.version())
        .param("planId", entitlements.planId())
        .param("publications", Parameters.integer(entitlements.limits().publications()))
        .param("registrations", Parameters.integer(entitlements.limits().registrations()))
        .param("now", Parameters.instant(now))
        .update();
  }

  /** Who is to be looked at now, locked until the transaction ends. */
  List<Limited> toLookAt(Instant now, int maxRows) {
    return jdbc.sql(
            """
            SELECT organization_id, max_registrations FROM entitlements
            WHERE next_look_at <= :now ORDER BY next_look_at LIMIT :maxRows
            FOR NO KEY UPDATE SKIP LOCKED
            """)
        .param("now", Parameters.instant(now))
        .param("maxRows", maxRows)
        .query((row, _) ->
            new Limited(Columns.uuid(row, "organization_id"), row.getInt("max_registrations")))
        .list();
  }

  void lookAgain(UUID organizationId, Instant at) {
    jdbc.sql("UPDATE entitlements SET next_look_at = :at WHERE organization_id = :organizationId")
        .param("organizationId", organizationId)
        .param("at", Parameters.instant(at))
        .update();
  }

  /**
   * Notes that so much is used.
   *
   * @return false when that was noted before
   */
  boolean addMark(Limited limited, UsagePeriod period, int percent, Instant now) {
    return jdbc.sql(
                """
                INSERT INTO usage_mark (
                    organization_id, period_start, max_registrations, percent, reached_at)
                VALUES (:organizationId, :periodStart, :limit, :percent, :now)
                ON CONFLICT DO NOTHING
                """)
            .param("organizationId", limited.organizationId())
            .param("periodStart", Parameters.instant(period.start()))
            .param("limit", limited.registrations())
            .param("percent", percent)
            .param("now", Parameters.instant(now))
            .update()
        == 1;
  }

  Limits limits(UUID organizationId) {
    return jdbc.sql(
            """
            SELECT max_publications, max_registrations FROM entitlements
            WHERE organization_id = :organizationId
            """)
        .param("organizationId", organizationId)
        .query((row, _) ->
            new Limits(
                Columns.integerOrNull(row, "max_publications"),
                Columns.integerOrNull(row, "max_registrations")))
        .optional()
        .orElse(Limits.UNKNOWN);
  }

  /**
   * Counts one more publication.
   *
   * @param limit null for none
   * @return false when as many are used as are allowed
   */
  boolean addPublication(UUID organizationId, UsagePeriod period, @Nullable Integer limit) {
    return jdbc.sql(
                """
                INSERT INTO publication_use AS used (organization_id, period_start, publications)
                SELECT :organizationId, :periodStart, 1
                WHERE coalesce(1 <= :limit, true)
                ON CONFLICT (organization_id, period_start) DO UPDATE
                SET publications = used.publications + 1
                WHERE coalesce(used.publications + 1 <= :limit, true)
                """)
            .param("organizationId", organizationId)
            .param("periodStart", Parameters.instant(period.start()))
            .param("limit", Parameters.integer(limit))
            .update()
        == 1;
  }

  int publications(UUID organizationId, UsagePeriod period) {
    return jdbc.sql(
            """
            SELECT publications FROM publication_use
            WHERE organization_id = :organizationId AND period_start = :periodStart
            """)
        .param("organizationId", organizationId)
        .param("periodStart", Parameters.instant(period.start()))
        .query(Integer.class)
        .optional()
        .orElse(0);
  }

  /** Which version of its entitlements is known of each of these organizations. */
  Map<UUID, Long> versions(List<UUID> organizationIds) {
    return jdbc
        .sql(
            """
            SELECT organization_id, version FROM entitlements
            WHERE organization_id IN (:organizationIds)
            """)
        .param("organizationIds", organizationIds)
        .query((row, _) -> Map.entry(Columns.uuid(row, "organization_id"), row.getLong("version")))
        .list()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /**
   * The last publications of a month, beyond as many as are allowed, and those that came when all
   * registrations of the month were used, which stop further publications likewise.
   */
  List<EventBeyondPlan> beyondPlan(List<UUID> organizationIds, UsagePeriod period) {
    return jdbc.sql(
            """
            SELECT organization_id, id, title FROM (
                SELECT organization_id, event.id, title, max_publications, max_registrations,
                       row_number() OVER (
                           PARTITION BY organization_id ORDER BY published_at, event.id)
                           AS place,
                       (SELECT count(*) FROM registration
                        WHERE registration.organization_id = event.organization_id
                              AND confirmed_at >= :start AND confirmed_at < event.published_at)
                           AS registrations
                FROM event JOIN entitlements USING (organization_id)
                WHERE organization_id IN (:organizationIds)
                      AND published_at >= :start AND published_at < :end) AS published
            WHERE place > max_publications OR registrations >= max_registrations
            ORDER BY organization_id, place LIMIT :maxRows
            """)
        .param("organizationIds", organizationIds)
        .param("start", Parameters.instant(period.start()))
        .param("end", Parameters.instant(period.end()))
        .param("maxRows", MAX_BEYOND_PLAN_ROWS)
        .query((row, _) ->
            new EventBeyondPlan(
                Columns.uuid(row, "organization_id"),
                Columns.uuid(row, "id"),
                row.getString("title")))
        .list();
  }

  /** How many were confirmed, whatever became of them. */
  int registrations(UUID organizationId, UsagePeriod period) {
    return jdbc.sql(
            """
            SELECT count(*) FROM registration
            WHERE organization_id = :organizationId
                  AND confirmed_at >= :start AND confirmed_at < :end
            """)
        .param("organizationId", organizationId)
        .param("start", Parameters.instant(period.start()))
        .param("end", Parameters.instant(period.end()))
        .query(Integer.class)
        .single();
  }
}
