package io.cpdevents.registration.organizations;

import io.cpdevents.platform.sql.Parameters;
import java.time.Instant;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about organizations that are closed, or about to be. */
@Component
class ClosedOrganizations {

  private final JdbcClient jdbc;

  ClosedOrganizations(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Whoever puts something on sale waits, and who does so already is waited for. */
  void lock(UUID organizationId) {
    jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")
        .param("name", name(organizationId))
        .query((_, _) -> true)
        .single();
  }

  /** Nobody closes it until the transaction ends; others may put things on sale, too. */
  void hold(UUID organizationId) {
    jdbc.sql("SELECT pg_advisory_xact_lock_shared(hashtextextended(:name, 0))")
        .param("name", name(organizationId))
        .query((_, _) -> true)
        .single();
  }

  private static String name(UUID organizationId) {
    return "closing:" + organizationId;
  }

  boolean isClosing(UUID organizationId, Instant now) {
    return jdbc.sql(
            """
            SELECT EXISTS (SELECT FROM closed_organization
                            WHERE organization_id = :organizationId
                              AND (closed_at IS NOT NULL OR closing_until > :now))
            """)
        .param("organizationId", organizationId)
        .param("now", Parameters.instant(now))
        .query(Boolean.class)
        .single();
  }

  /** Whether an event is on sale or takes place, or is being cancelled. */
  boolean hasEventsAhead(UUID organizationId, Instant now) {
    return jdbc.sql(
            """
            SELECT EXISTS (SELECT FROM event
                            WHERE organization_id = :organizationId
                              AND ((status = 'published' AND ends_at > :now)
                                   OR EXISTS (SELECT FROM event_cancellation c
                                               WHERE c.event_id = event.id AND c.done_at IS NULL)))
            """)
        .param("organizationId", organizationId)
        .param("now", Parameters.instant(now))
        .query(Boolean.class)
        .single();
  }

  /** It may be closed until then. */
  void reserve(UUID organizationId, Instant until) {
    jdbc.sql(
            """
            INSERT INTO closed_organization (organization_id, closing_until)
            VALUES (:organizationId, :until)
            ON CONFLICT (organization_id) DO UPDATE SET closing_until = excluded.closing_until
            """)
        .param("organizationId", organizationId)
        .param("until", Parameters.instant(until))
        .update();
  }

  /** It is closed; told twice: once. */
  void close(UUID organizationId, Instant closedAt) {
    jdbc.sql(
            """
            INSERT INTO closed_organization (organization_id, closing_until, closed_at)
            VALUES (:organizationId, :closedAt, :closedAt)
            ON CONFLICT (organization_id) DO UPDATE
            SET closed_at = coalesce(closed_organization.closed_at, excluded.closed_at)
            """)
        .param("organizationId", organizationId)
        .param("closedAt", Parameters.instant(closedAt))
        .update();
  }
}
