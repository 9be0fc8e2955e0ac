package io.cpdevents.billing.webhooks;

import io.cpdevents.billing.webhooks.PostedEvent.Relevance;
import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import io.cpdevents.platform.state.Outcome;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about events of Stripe. Their times are the machine's: they are leases and retries. */
@Component
class StripeEvents {

  /** An event that is to be kept. */
  record Arrival(WebhookEndpoint endpoint, PostedEvent event, Instant receivedAt) {}

  /** An event that is to be applied. */
  record Claimed(
      String id,
      String type,
      @Nullable String stripeAccountId,
      Instant occurredAt,
      Subject subject,
      StripeEventStatus status,
      int failures) {

    /** Whether this changes its status, and to what. */
    Outcome<StripeEventStatus> on(StripeEventTrigger trigger) {
      return status.on(trigger);
    }

    Claimed with(StripeEventStatus newStatus) {
      return new Claimed(id, type, stripeAccountId, occurredAt, subject, newStatus, failures);
    }
  }

  private static final String[] KNOWN_KINDS =
      Arrays.stream(Subject.Kind.values()).map(ContractsJson::kebabCase).toArray(String[]::new);

  private final JdbcClient jdbc;

  StripeEvents(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Keeps events, in one statement; those that came before are left as they are.
   *
   * @return the ids of those that are new
   */
  Set<String> insert(List<Arrival> arrivals) {
    return new HashSet<>(
        jdbc.sql(
                """
                INSERT INTO stripe_event (
                    id, endpoint, type, stripe_account_id, occurred_at, subject_kind, subject_id,
                    ignored_reason, status, received_at, next_attempt_at, finished_at)
                SELECT id, endpoint, type, stripe_account_id, occurred_at, subject_kind, subject_id,
                       ignored_reason, status, received_at, received_at,
                       CASE WHEN ignored_reason IS NULL THEN NULL ELSE received_at END
                FROM unnest(:ids, :endpoints, :types, :accounts,
                            CAST(:occurred AS timestamptz[]), :kinds, :subjects, :reasons,
                            :statuses, CAST(:received AS timestamptz[]))
                    AS arrival (id, endpoint, type, stripe_account_id, occurred_at, subject_kind,
                                subject_id, ignored_reason, status, received_at)
                ON CONFLICT (id) DO NOTHING
                RETURNING id
                """)
            .param("ids", Parameters.texts(arrivals, arrival -> arrival.event().id()))
            .param("endpoints", Parameters.constants(arrivals, Arrival::endpoint))
            .param("types", Parameters.texts(arrivals, arrival -> arrival.event().type()))
            .param(
                "accounts",
                Parameters.texts(arrivals, arrival -> arrival.event().stripeAccountId()))
            .param(
                "occurred", Parameters.instants(arrivals, arrival -> arrival.event().occurredAt()))
            .param("kinds", Parameters.texts(arrivals, StripeEvents::kind))
            .param("subjects", Parameters.texts(arrivals, StripeEvents::subjectId))
            .param("reasons", Parameters.texts(arrivals, StripeEvents::ignoredReason))
            .param("statuses", Parameters.constants(arrivals, StripeEvents::firstStatus))
            .param("received", Parameters.instants(arrivals, Arrival::receivedAt))
            .query((row, _) -> row.getString("id"))
            .list());
  }

  /**
   * Claims events to apply, until the lease ends. Those whose kind of subject only a newer version
   * knows wait for it.
   */
  List<Claimed> claim(Instant now, Instant leaseEnd, int maxRows) {
    return jdbc.sql(
            """
            UPDATE stripe_event SET next_attempt_at = :leaseEnd
            WHERE id = ANY (ARRAY(
                SELECT id FROM stripe_event
                WHERE status = 'received' AND next_attempt_at <= :now
                    AND subject_kind = ANY (:known)
                ORDER BY next_attempt_at LIMIT :maxRows FOR UPDATE SKIP LOCKED))
            RETURNING id, type, stripe_account_id, occurred_at, subject_kind, subject_id, status,
                failures
            """)
        .param("now", Parameters.instant(now))
        .param("known", KNOWN_KINDS)
        .param("leaseEnd", Parameters.instant(leaseEnd))
        .param("maxRows", maxRows)
        .query((row, _) ->
            new Claimed(
                row.getString("id"),
                row.getString("type"),
                row.getString("stripe_account_id"),
                Columns.instant(row, "occurred_at"),
                new Subject(
                    Columns.constant(Subject.Kind.class, row, "subject_kind"),
                    row.getString("subject_id")),
                Columns.constant(StripeEventStatus.class, row, "status"),
                row.getInt("failures")))
        .list();
  }

  /**
   * Locks events that were claimed until the transaction ends, and answers them as they are now.
   */
  List<Claimed> lock(List<Claimed> claimed) {
    Map<String, StripeEventStatus> now =
        jdbc
            .sql("SELECT id, status FROM stripe_event WHERE id = ANY (:ids) ORDER BY id FOR UPDATE")
            .param("ids", Parameters.texts(claimed, Claimed::id))
            .query((row, _) ->
                Map.entry(
                    row.getString("id"), Columns.constant(StripeEventStatus.class, row, "status")))
            .list()
            .stream()
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    return claimed.stream()
        .map(event -> event.with(Objects.requireNonNull(now.get(event.id()))))
        .toList();
  }

  /** Saves events that are over. */
  void finish(List<Claimed> over, @Nullable IgnoredReason reason, Instant at) {
    jdbc.sql(
            """
            UPDATE stripe_event AS event
            SET status = over.status, ignored_reason = :reason, finished_at = :at, failure = NULL
            FROM unnest(:ids, :statuses) AS over (id, status)
            WHERE event.id = over.id
            """)
        .param("ids", Parameters.texts(over, Claimed::id))
        .param("statuses", Parameters.constants(over, Claimed::status))
        .param("reason", Parameters.constant(reason))
        .param("at", Parameters.instant(at))
        .update();
  }

  /** Notes a failure and when to try again. */
  void retry(String id, int failures, String failure, Instant nextAttemptAt) {
    jdbc.sql(
            """
            UPDATE stripe_event
            SET failures = :failures, failure = :failure, next_attempt_at = :nextAttemptAt
            WHERE id = :id AND status = 'received'
            """)
        .param("id", id)
        .param("failures", failures)
        .param("failure", failure)
        .param("nextAttemptAt", Parameters.instant(nextAttemptAt))
        .update();
  }

  /** Saves one that is parked. */
  void park(Claimed parked, int failures, String failure) {
    jdbc.sql(
            """
            UPDATE stripe_event SET status = :status, failures = :failures, failure = :failure
            WHERE id = :id
            """)
        .param("id", parked.id())
        .param("status", Parameters.constant(parked.status()))
        .param("failures", failures)
        .param("failure", failure)
        .update();
  }

  /** Deletes events that were over before this, so many rows at most; returns how many. */
  int forget(Instant before, int maxRows) {
    return jdbc.sql(
            """
            DELETE FROM stripe_event WHERE id IN (
                SELECT id FROM stripe_event
                WHERE status IN ('applied', 'ignored') AND finished_at < :before
                ORDER BY finished_at LIMIT :maxRows)
            """)
        .param("before", Parameters.instant(before))
        .param("maxRows", maxRows)
        .update();
  }

  /** The status of an event that is parked, locked until the transaction ends. */
  Optional<StripeEventStatus> lockParked(String id) {
    return jdbc.sql(
            "SELECT status FROM stripe_event WHERE id = :id AND status = 'parked' FOR UPDATE")
        .param("id", id)
        .query((row, _) -> Columns.constant(StripeEventStatus.class, row, "status"))
        .optional();
  }

  /** Saves that an event is to be applied anew. */
  void replay(String id, StripeEventStatus status, Instant now) {
    jdbc.sql(
            """
            UPDATE stripe_event SET status = :status, failures = 0, next_attempt_at = :now
            WHERE id = :id
            """)
        .param("id", id)
        .param("status", Parameters.constant(status))
        .param("now", Parameters.instant(now))
        .update();
  }

  /** The newest ones that could not be applied. */
  List<ParkedEvent> parked(int maxRows) {
    return jdbc.sql(
            """
            SELECT id, type, subject_id, failures, failure, received_at FROM stripe_event
            WHERE status = 'parked' ORDER BY received_at DESC LIMIT :maxRows
            """)
        .param("maxRows", maxRows)
        .query((row, _) ->
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
    return jdbc.sql("SELECT count(*) FROM stripe_event WHERE status = 'parked'")
        .query(Long.class)
        .single();
  }

  private static @Nullable String kind(Arrival arrival) {
    return switch (arrival.event().relevance()) {
      case Relevance.About about -> ContractsJson.kebabCase(about.subject().kind());
      case Relevance.Ignored _ -> null;
    };
  }

  private static @Nullable String subjectId(Arrival arrival) {
    return switch (arrival.event().relevance()) {
      case Relevance.About about -> about.subject().id();
      case Relevance.Ignored _ -> null;
    };
  }

  private static StripeEventStatus firstStatus(Arrival arrival) {
    return switch (arrival.event().relevance()) {
      case Relevance.About _ -> StripeEventStatus.RECEIVED;
      case Relevance.Ignored _ -> StripeEventStatus.IGNORED;
    };
  }

  private static @Nullable String ignoredReason(Arrival arrival) {
    return switch (arrival.event().relevance()) {
      case Relevance.About _ -> null;
      case Relevance.Ignored ignored -> ContractsJson.kebabCase(ignored.reason());
    };
  }
}
