package io.cpdevents.payout.events;

import io.cpdevents.platform.sql.Parameters;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about events. */
@Component
class KnownEvents {

  private final JdbcClient jdbc;

  KnownEvents(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Keeps the event, unless this version or a newer one is kept already. */
  void keep(KnownEvent event) {
    jdbc.sql(
            """
            INSERT INTO event AS e (id, version, organization_id, title, latest_ends_at)
            VALUES (:id, :version, :organizationId, :title, :latestEndsAt)
            ON CONFLICT (id) DO UPDATE
            SET version = excluded.version, organization_id = excluded.organization_id,
                title = excluded.title, latest_ends_at = excluded.latest_ends_at
            WHERE e.version < excluded.version
            """)
        .param("id", event.id())
        .param("version", event.version())
        .param("organizationId", event.organizationId())
        .param("title", event.title())
        .param("latestEndsAt", Parameters.instant(event.latestEndsAt()))
        .update();
  }
}
