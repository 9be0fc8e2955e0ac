package io.cpdevents.sandbox.webhooks;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The outbox of webhooks: a row for each event and endpoint, written with the event. */
@Component
public class Deliveries {
  private final JdbcClient jdbc;
  private final Clock machine;
  private final Endpoints endpoints;
  private final WebhookFaults faults;
  private final DeliverySignal signal;

  Deliveries(
      JdbcClient jdbc,
      Clock machine,
      Endpoints endpoints,
      WebhookFaults faults,
      DeliverySignal signal) {
    this.jdbc = jdbc;
    this.machine = machine;
    this.endpoints = endpoints;
    this.faults = faults;
    this.signal = signal;
  }

  /**
   * A delivery to attempt.
   *
   * @param endpoint the id of an {@link Endpoint}
   * @param attempts how many attempts there are, including this one
   */
  record Delivery(long id, String eventJson, String endpoint, int attempts, Instant createdAt) {}

  /** A recorded event. */
  private record Recorded(String id, String account, String type) {}

  /**
   * Plans the deliveries of an event, changed by the active fault.
   *
   * @return to how many endpoints it is to be delivered
   */
  public int plan(String account, String eventId, String type) {
    List<Endpoint> wanting = endpoints.wanting(account, type);
    if (wanting.isEmpty()) {
      return 0;
    }
    WebhookFaults.Handling handling = faults.handlingOf(type);
    for (Endpoint endpoint : wanting) {
      for (int copy = 0; copy < handling.copies(); copy++) {
        add(
            eventId,
            endpoint.id(),
            handling.dropped() ? DeliveryStatus.DROPPED : DeliveryStatus.PENDING,
            handling.delay());
      }
    }
    return wanting.size();
  }

  /** Plans further deliveries of an event; returns 0 when there is no such event. */
  int redeliver(String eventId) {
    List<Recorded> found =
        jdbc.sql(
                """
                SELECT id, account, body ->> 'type' AS type FROM stripe_object
                WHERE id = :id AND kind = 'event'
                """)
            .param("id", eventId)
            .query(Deliveries::readRecorded)
            .list();
    found.forEach(this::addAgain);
    return found.size();
  }

  /** Plans further deliveries of all events since this second of the sandbox's time. */
  int redeliverSince(long epochSecond) {
    List<Recorded> events =
        jdbc.sql(
                """
                SELECT id, account, body ->> 'type' AS type FROM stripe_object
                WHERE kind = 'event' AND created >= :since ORDER BY position
                """)
            .param("since", epochSecond)
            .query(Deliveries::readRecorded)
            .list();
    return (int) events.stream().filter(this::addAgain).count();
  }

  /** Whether an endpoint is subscribed to events of this type. */
  private boolean addAgain(Recorded event) {
    List<Endpoint> wanting = endpoints.wanting(event.account(), event.type());
    wanting.forEach(
        endpoint -> add(event.id(), endpoint.id(), DeliveryStatus.PENDING, Duration.ZERO));
    return !wanting.isEmpty();
  }

  /**
   * The number of endpoints to which each of these events is not delivered yet; events that are
   * delivered to all endpoints are left out.
   */
  public Map<String, Integer> undelivered(Collection<String> eventIds) {
    Map<String, Integer> undelivered = new HashMap<>();
    if (!eventIds.isEmpty()) {
      jdbc.sql(
              """
              SELECT event_id, count(*) AS endpoints FROM (
                SELECT event_id, endpoint FROM webhook_delivery WHERE event_id IN (:ids)
                GROUP BY event_id, endpoint HAVING bool_and(status <> 'succeeded')) undelivered
              GROUP BY event_id
              """)
          .param("ids", eventIds)
          .query((row, _) -> undelivered.put(row.getString("event_id"), row.getInt("endpoints")))
          .list();
    }
    return undelivered;
  }

  /** Ends the deliveries to an endpoint that no longer exists. */
  void drop(String endpoint) {
    jdbc.sql(
            """
            UPDATE webhook_delivery SET status = :status
            WHERE endpoint = :endpoint AND status = 'pending'
            """)
        .param("status", DeliveryStatus.DROPPED.stored())
        .param("endpoint", endpoint)
        .update();
  }

  private void add(String eventId, String endpoint, DeliveryStatus status, Duration delay) {
    Instant now = machine.instant();
    jdbc.sql(
            """
            INSERT INTO webhook_delivery (event_id, endpoint, status, created_at, next_attempt_at)
            VALUES (:event, :endpoint, :status, :now, :next)
            """)
        .param("event", eventId)
        .param("endpoint", endpoint)
        .param("status", status.stored())
        .param("now", at(now))
        .param("next", at(now.plus(delay)))
        .update();
    wakeAfterCommit();
  }

  private void wakeAfterCommit() {
    if (!TransactionSynchronizationManager.isSynchronizationActive()) {
      signal.wake();
      return;
    }
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            signal.wake();
          }
        });
  }

  /**
   * Leases due deliveries; they are due again when the lease ends before they are settled. ARRAY
   * has PostgreSQL choose them once: in a join it may choose again for each row, and lease more.
   */
  List<Delivery> lease(int maxRows, Duration lease) {
    Instant now = machine.instant();
    return jdbc.sql(
            """
            UPDATE webhook_delivery d SET next_attempt_at = :leaseEnd, attempts = attempts + 1
            FROM stripe_object e
            WHERE e.id = d.event_id AND d.id = ANY (ARRAY(
              SELECT id FROM webhook_delivery WHERE status = 'pending' AND next_attempt_at <= :now
              ORDER BY next_attempt_at, id LIMIT :maxRows FOR UPDATE SKIP LOCKED))
            RETURNING d.id, e.body, d.endpoint, d.attempts, d.created_at
            """)
        .param("leaseEnd", at(now.plus(lease)))
        .param("now", at(now))
        .param("maxRows", maxRows)
        .query(Deliveries::read)
        .list();
  }

  /** How many are to be posted, or posted again. */
  long pending() {
    return jdbc.sql("SELECT count(*) FROM webhook_delivery WHERE status = 'pending'")
        .query(Long.class)
        .single();
  }

  /** Ends all leases: after a start nobody holds one. */
  void endLeases() {
    jdbc.sql("UPDATE webhook_delivery SET next_attempt_at = :now WHERE status = 'pending'")
        .param("now", at(machine.instant()))
        .update();
  }

  void succeeded(long id, int httpStatus) {
    settle(id, DeliveryStatus.SUCCEEDED, httpStatus, Duration.ZERO);
  }

  /** Ends a delivery whose endpoint no longer exists. */
  void dropped(long id) {
    settle(id, DeliveryStatus.DROPPED, 0, Duration.ZERO);
  }

  void failed(long id, int httpStatus) {
    settle(id, DeliveryStatus.FAILED, httpStatus, Duration.ZERO);
  }

  void retry(long id, int httpStatus, Duration delay) {
    settle(id, DeliveryStatus.PENDING, httpStatus, delay);
  }

  private void settle(long id, DeliveryStatus status, int httpStatus, Duration delay) {
    jdbc.sql(
            """
            UPDATE webhook_delivery
            SET status = :status, last_status = :httpStatus, next_attempt_at = :next
            WHERE id = :id
            """)
        .param("status", status.stored())
        .param("httpStatus", httpStatus)
        .param("next", at(machine.instant().plus(delay)))
        .param("id", id)
        .update();
  }

  private static Delivery read(ResultSet row, int number) throws SQLException {
    return new Delivery(
        row.getLong("id"),
        row.getString("body"),
        row.getString("endpoint"),
        row.getInt("attempts"),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }

  private static Recorded readRecorded(ResultSet row, int number) throws SQLException {
    return new Recorded(row.getString("id"), row.getString("account"), row.getString("type"));
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
