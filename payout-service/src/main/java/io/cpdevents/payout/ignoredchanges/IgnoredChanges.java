package io.cpdevents.payout.ignoredchanges;

import io.cpdevents.platform.sql.Parameters;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about changes at Stripe from which nothing follows. */
@Component
class IgnoredChanges {

  private final JdbcClient jdbc;

  IgnoredChanges(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Saves one. Returns false when it is known. */
  boolean insert(IgnoreChange.Command change, Instant now) {
    return jdbc.sql(
                """
                INSERT INTO ignored_change (stripe_event_id, stripe_event_type, object_id, reason,
                                            ignored_at)
                VALUES (:eventId, :eventType, :objectId, :reason, :now)
                ON CONFLICT (stripe_event_id) DO NOTHING
                """)
            .param("eventId", change.stripeEventId())
            .param("eventType", change.stripeEventType())
            .param("objectId", change.objectId())
            .param("reason", Parameters.constant(change.reason()))
            .param("now", Parameters.instant(now))
            .update()
        == 1;
  }

  /** Deletes those that were ignored before this, so many rows at most; returns how many. */
  int forget(Instant before, int maxRows) {
    return jdbc.sql(
            """
            DELETE FROM ignored_change WHERE stripe_event_id IN (
                SELECT stripe_event_id FROM ignored_change
                WHERE ignored_at < :before ORDER BY ignored_at LIMIT :maxRows)
            """)
        .param("before", Parameters.instant(before))
        .param("maxRows", maxRows)
        .update();
  }
}
