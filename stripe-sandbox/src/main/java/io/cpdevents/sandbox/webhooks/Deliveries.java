package io.cpdevents.sandbox.webhooks;

import io.cpdevents.sandbox.SandboxSettings;
import io.cpdevents.sandbox.api.StripeAccounts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The outbox of webhooks: a row for each event and endpoint, written with the event. */
@Component
public class Deliveries {
  private final JdbcClient jdbc;
  private final Clock machine;
  private final SandboxSettings settings;
  private final WebhookFaults faults;
  private final DeliverySignal signal;

  Deliveries(
      JdbcClient jdbc,
      Clock machine,
      SandboxSettings settings,
      WebhookFaults faults,
      DeliverySignal signal) {
    this.jdbc = jdbc;
    this.machine = machine;
    this.settings = settings;
    this.faults = faults;
    this.signal = signal;
  }

  /**
   * A delivery to attempt.
   *
   * @param attempts how many attempts there are, including this one
   */
  record Delivery(long id, String eventJson, String endpoint, int attempts, Instant createdAt) {}

  /** Whether an endpoint is subscribed to events of this type. */
  public boolean isWanted(String type) {
    return !settings.webhookUrl().isEmpty()
        && (settings.webhookEvents().contains("*") || settings.webhookEvents().contains(type));
  }

  /** Plans the delivery of an event, changed by the active fault. */
  public void plan(String eventId, String type) {
    if (!isWanted(type)) {
      return;
    }
    WebhookFaults.Handling handling = faults.handlingOf(type);
    for (int copy = 0; copy < handling.copies(); copy++) {
      add(eventId, handling.dropped() ? "dropped" : "pending", handling.delay());
    }
  }

  /** Plans another delivery of an event; returns 0 when there is no such event. */
  int redeliver(String eventId) {
    int found =
        jdbc.sql("SELECT count(*) FROM stripe_object WHERE id = :id AND kind = 'event'")
            .param("id", eventId)
            .query(Integer.class)
            .single();
    if (found > 0 && !settings.webhookUrl().isEmpty()) {
      add(eventId, "pending", Duration.ZERO);
    }
    return found;
  }

  /** Plans another delivery of all events since this second of the sandbox's time. */
  int redeliverSince(long epochSecond) {
    if (settings.webhookUrl().isEmpty()) {
      return 0;
    }
    List<String> events =
        jdbc.sql(
                """
                SELECT id FROM stripe_object
                WHERE account = :account AND kind = 'event' AND created >= :since ORDER BY position
                """)
            .param("account", StripeAccounts.PLATFORM)
            .param("since", epochSecond)
            .query((row, _) -> row.getString("id"))
            .list();
    events.forEach(id -> add(id, "pending", Duration.ZERO));
    return events.size();
  }

  private void add(String eventId, String state, Duration delay) {
    Instant now = machine.instant();
    jdbc.sql(
            """
            INSERT INTO webhook_delivery (event_id, endpoint, state, created_at, next_attempt_at)
            VALUES (:event, 'platform', :state, :now, :next)
            """)
        .param("event", eventId)
        .param("state", state)
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

  /** Leases due deliveries; they are due again when the lease ends before they are settled. */
  List<Delivery> lease(int maxRows, Duration lease) {
    Instant now = machine.instant();
    return jdbc.sql(
            """
            UPDATE webhook_delivery d SET next_attempt_at = :leaseEnd, attempts = attempts + 1
            FROM stripe_object e
            WHERE e.id = d.event_id AND d.id IN (
              SELECT id FROM webhook_delivery WHERE state = 'pending' AND next_attempt_at <= :now
              ORDER BY next_attempt_at, id LIMIT :maxRows FOR UPDATE SKIP LOCKED)
            RETURNING d.id, e.body, d.endpoint, d.attempts, d.created_at
            """)
        .param("leaseEnd", at(now.plus(lease)))
        .param("now", at(now))
        .param("maxRows", maxRows)
        .query(Deliveries::read)
        .list();
  }

  /** Ends all leases: after a start nobody holds one. */
  void endLeases() {
    jdbc.sql("UPDATE webhook_delivery SET next_attempt_at = :now WHERE state = 'pending'")
        .param("now", at(machine.instant()))
        .update();
  }

  void succeeded(long id, int status) {
    settle(id, "succeeded", status, Duration.ZERO);
  }

  void failed(long id, int status) {
    settle(id, "failed", status, Duration.ZERO);
  }

  void retry(long id, int status, Duration delay) {
    settle(id, "pending", status, delay);
  }

  private void settle(long id, String state, int status, Duration delay) {
    jdbc.sql(
            """
            UPDATE webhook_delivery SET state = :state, last_status = :status, next_attempt_at = :next
            WHERE id = :id
            """)
        .param("state", state)
        .param("status", status)
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

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
