package io.cpdevents.billing.webhooks;

import io.cpdevents.billing.webhooks.StripeEventReader.PostedEvent;
import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about events of Stripe. Their times are the machine's: they are leases and retries. */
@Component
class StripeEvents {

  /** An event that is to be kept. */
  record Arrival(WebhookEndpoint endpoint, PostedEvent event, Instant receivedAt) {}

  /** An event that is to be applied. */
  record Claimed(String id, Subject subject, int failures) {}

  private static final String[] KNOWN_KINDS =
      Arrays.stream(Subject.Kind.values()).map(ContractsJson::kebabCase).toArray(String[]::new);

  private final JdbcClient jdbc;

  StripeEvents(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Keeps events, in one statement; those that came before are left as they are. */
  void insert(List<Arrival> arrivals) {
    jdbc.sql(
            """
            INSERT INTO stripe_event (
                id, endpoint, type, subject_kind, subject_id, state, received_at,
                next_attempt_at, finished_at)
            SELECT id, endpoint, type, subject_kind, subject_id,
                   CASE WHEN subject_kind IS NULL THEN 'ignored' ELSE 'received' END,
                   received_at, received_at,
                   CASE WHEN subject_kind IS NULL THEN received_at END
            FROM unnest(:ids, :endpoints, :types, :kinds, :subjects,
                        CAST(:times AS timestamptz[]))
                AS arrival (id, endpoint, type, subject_kind, subject_id, received_at)
            ON CONFLICT (id) DO NOTHING
            """)
        .param("ids", arrivals.stream().map(a -> a.event().id()).toArray(String[]::new))
        .param("endpoints", Parameters.texts(arrivals, a -> ContractsJson.kebabCase(a.endpoint())))
        .param("types", arrivals.stream().map(a -> a.event().type()).toArray(String[]::new))
        .param("kinds", arrivals.stream().map(StripeEvents::kind).toArray(String[]::new))
        .param("subjects", arrivals.stream().map(StripeEvents::subjectId).toArray(String[]::new))
        .param(
            "times", arrivals.stream().map(a -> a.receivedAt().toString()).toArray(String[]::new))
        .update();
  }

  /**
   * Takes events to apply, and has them until the lease ends. Those whose kind of subject only a
   * newer version knows wait for it.
   */
  List<Claimed> claim(Instant now, Instant leaseEnd, int most) {
    return jdbc.sql(
            """
            UPDATE stripe_event SET next_attempt_at = :leaseEnd
            WHERE id IN (
                SELECT id FROM stripe_event
                WHERE state = 'received' AND next_attempt_at <= :now
                    AND subject_kind = ANY (:known)
                ORDER BY next_attempt_at LIMIT :most FOR UPDATE SKIP LOCKED)
            RETURNING id, subject_kind, subject_id, failures
            """)
        .param("now", Parameters.instant(now))
        .param("known", KNOWN_KINDS)
        .param("leaseEnd", Parameters.instant(leaseEnd))
        .param("most", most)
        .query((row, number) ->
            new Claimed(
                row.getString("id"),
                new Subject(
                    Columns.constant(Subject.Kind.class, row, "subject_kind"),
                    row.getString("subject_id")),
                row.getInt("failures")))
        .list();
  }

  void applied(List<String> ids, Instant at) {
    jdbc.sql(
            """
            UPDATE stripe_event SET state = 'applied', finished_at = :at, failure = NULL
            WHERE id = ANY (:ids) AND state = 'received'
            """)
        .param("ids", ids.toArray(String[]::new))
        .param("at", Parameters.instant(at))
        .update();
  }

  /** Notes a failure and when to try again. */
  void retry(String id, int failures, String failure, Instant nextAttemptAt) {
    jdbc.sql(
            """
            UPDATE stripe_event
            SET failures = :failures, failure = :failure, next_attempt_at = :nextAttemptAt
            WHERE id = :id AND state = 'received'
            """)
        .param("id", id)
        .param("failures", failures)
        .param("failure", failure)
        .param("nextAttemptAt", Parameters.instant(nextAttemptAt))
        .update();
  }

  void park(String id, int failures, String failure) {
    jdbc.sql(
            """
            UPDATE stripe_event SET state = 'parked', failures = :failures, failure = :failure
            WHERE id = :id AND state = 'received'
            """)
        .param("id", id)
        .param("failures", failures)
        .param("failure", failure)
        .update();
  }

  /** Deletes events that were over before this, so many at most; returns how many. */
  int forget(Instant before, int most) {
    return jdbc.sql(
            """
            DELETE FROM stripe_event WHERE id IN (
                SELECT id FROM stripe_event
                WHERE state IN ('applied', 'ignored') AND finished_at < :before
                ORDER BY finished_at LIMIT :most)
            """)
        .param("before", Parameters.instant(before))
        .param("most", most)
        .update();
  }

  /** Lets a parked event be applied again; false when there is no such one. */
  boolean replay(String id, Instant now) {
    return jdbc.sql(
                """
                UPDATE stripe_event SET state = 'received', failures = 0, next_attempt_at = :now
                WHERE id = :id AND state = 'parked'
                """)
            .param("id", id)
            .param("now", Parameters.instant(now))
            .update()
        == 1;
  }

  /** The newest ones that could not be applied. */
  List<ParkedEvent> parked(int most) {
    return jdbc.sql(
            """
            SELECT id, type, subject_id, failures, failure, received_at FROM stripe_event
            WHERE state = 'parked' ORDER BY received_at DESC LIMIT :most
            """)
        .param("most", most)
        .query((row, number) ->
            new ParkedEvent(
                row.getString("id"),
                row.getString("type"),
                row.getString("subject_id"),
                row.getInt("failures"),
                row.getString("failure"),
                Columns.instant(row, "received_at")))
        .list();
  }

  long countParked() {
    return jdbc.sql("SELECT count(*) FROM stripe_event WHERE state = 'parked'")
        .query(Long.class)
        .single();
  }

  private static @Nullable String kind(Arrival arrival) {
    Subject subject = arrival.event().subject();
    return subject == null || arrival.endpoint() == WebhookEndpoint.CONNECT
        ? null
        : ContractsJson.kebabCase(subject.kind());
  }

  private static @Nullable String subjectId(Arrival arrival) {
    Subject subject = arrival.event().subject();
    return subject == null ? null : subject.id();
  }
}
