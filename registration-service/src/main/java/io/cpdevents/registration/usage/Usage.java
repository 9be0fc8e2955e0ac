package io.cpdevents.registration.usage;

import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about what organizations use and may use. */
@Component
class Usage {

  private final JdbcClient jdbc;

  Usage(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Keeps what an organization may use, unless this version or a later one is kept. */
  void keep(KeepEntitlements.Command entitlements) {
    jdbc.sql(
            """
            INSERT INTO entitlements AS kept (
                organization_id, version, plan_id, max_publications, max_registrations)
            VALUES (:organizationId, :version, :planId, :publications, :registrations)
            ON CONFLICT (organization_id) DO UPDATE
            SET version = excluded.version, plan_id = excluded.plan_id,
                max_publications = excluded.max_publications,
                max_registrations = excluded.max_registrations
            WHERE kept.version < excluded.version
            """)
        .param("organizationId", entitlements.organizationId())
        .param("version", entitlements.version())
        .param("planId", entitlements.planId())
        .param("publications", Parameters.integer(entitlements.limits().publications()))
        .param("registrations", Parameters.integer(entitlements.limits().registrations()))
        .update();
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
