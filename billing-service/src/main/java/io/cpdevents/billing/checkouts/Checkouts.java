package io.cpdevents.billing.checkouts;

import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about checkouts. */
@Component
class Checkouts {

  /**
   * A page that Stripe should be asked about.
   *
   * @param checks how often Stripe has been asked about it
   */
  record Due(UUID id, String sessionId, Instant expiresAt, int checks) {}

  private static final String SELECT =
      """
      SELECT id, payment_id, attempt, success_url, cancel_url, expires_at, status, claimed_until,
             stripe_session_id, url, failure, next_check_at
      FROM checkout
      """;

  /** Only the last attempt can be live: no other is made while one is. */
  private static final String LAST = " WHERE payment_id = :paymentId ORDER BY attempt DESC LIMIT 1";

  private final JdbcClient jdbc;

  Checkouts(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void insert(Checkout checkout, Instant now) {
    jdbc.sql(
            """
            INSERT INTO checkout (
                id, payment_id, attempt, idempotency_key, success_url, cancel_url, expires_at,
                status, claimed_until, created_at, next_check_at)
            VALUES (
                :id, :paymentId, :attempt, :idempotencyKey, :successUrl, :cancelUrl, :expiresAt,
                :status, :claimedUntil, :now, :nextCheckAt)
            """)
        .param("id", checkout.id())
        .param("paymentId", checkout.paymentId())
        .param("attempt", checkout.attempt())
        .param("idempotencyKey", checkout.idempotencyKey())
        .param("successUrl", checkout.successUrl())
        .param("cancelUrl", checkout.cancelUrl())
        .param("expiresAt", Parameters.instant(checkout.expiresAt()))
        .param("status", Parameters.constant(checkout.progress().status()))
        .param("claimedUntil", Parameters.instant(checkout.progress().claimedUntil()))
        .param("now", Parameters.instant(now))
        .param("nextCheckAt", Parameters.instant(checkout.nextCheckAt()))
        .update();
  }

  /** Saves what changes about a checkout; the caller has locked it. */
  void save(Checkout checkout) {
    Checkout.Progress progress = checkout.progress();
    jdbc.sql(
            """
            UPDATE checkout
            SET status = :status, claimed_until = :claimedUntil, stripe_session_id = :sessionId,
                url = :url, failure = :failure, next_check_at = :nextCheckAt
            WHERE id = :id
            """)
        .param("id", checkout.id())
        .param("status", Parameters.constant(progress.status()))
        .param("claimedUntil", Parameters.instant(progress.claimedUntil()))
        .param("sessionId", Parameters.text(progress.sessionId()))
        .param("url", Parameters.text(progress.url()))
        .param("failure", Parameters.text(progress.failure()))
        .param("nextCheckAt", Parameters.instant(checkout.nextCheckAt()))
        .update();
  }

  Checkout lock(UUID id) {
    return jdbc.sql(SELECT + " WHERE id = :id FOR UPDATE")
        .param("id", id)
        .query(Checkouts::read)
        .single();
  }

  Optional<Checkout> lockBySession(String sessionId) {
    return jdbc.sql(SELECT + " WHERE stripe_session_id = :sessionId FOR UPDATE")
        .param("sessionId", sessionId)
        .query(Checkouts::read)
        .optional();
  }

  /** The last attempt; the caller has locked the payment, so none is made meanwhile. */
  Optional<Checkout> lockLast(UUID paymentId) {
    return jdbc.sql(SELECT + LAST + " FOR UPDATE")
        .param("paymentId", paymentId)
        .query(Checkouts::read)
        .optional();
  }

  /** How many pages Stripe has made for this payment that were asked for since then. */
  int countMade(UUID paymentId, Instant since) {
    return jdbc.sql(
            """
            SELECT count(*) FROM checkout
            WHERE payment_id = :paymentId AND created_at > :since AND stripe_session_id IS NOT NULL
            """)
        .param("paymentId", paymentId)
        .param("since", Parameters.instant(since))
        .query(Integer.class)
        .single();
  }

  /** Open ones that Stripe should be asked about, longest due first. */
  List<Due> due(Instant now, int maxRows) {
    return jdbc.sql(
            """
            SELECT id, stripe_session_id, expires_at, checks FROM checkout
            WHERE status = 'open' AND next_check_at <= :now
            ORDER BY next_check_at LIMIT :maxRows
            """)
        .param("now", Parameters.instant(now))
        .param("maxRows", maxRows)
        .query((row, _) ->
            new Due(
                Columns.uuid(row, "id"),
                row.getString("stripe_session_id"),
                Columns.instant(row, "expires_at"),
                row.getInt("checks")))
        .list();
  }

  void checkAgain(UUID id, Instant nextCheckAt) {
    jdbc.sql("UPDATE checkout SET checks = checks + 1, next_check_at = :at WHERE id = :id")
        .param("id", id)
        .param("at", Parameters.instant(nextCheckAt))
        .update();
  }

  private static Checkout read(ResultSet row, int number) throws SQLException {
    return new Checkout(
        Columns.uuid(row, "id"),
        Columns.uuid(row, "payment_id"),
        row.getInt("attempt"),
        row.getString("success_url"),
        row.getString("cancel_url"),
        Columns.instant(row, "expires_at"),
        new Checkout.Progress(
            Columns.constant(CheckoutStatus.class, row, "status"),
            Columns.instantOrNull(row, "claimed_until"),
            row.getString("stripe_session_id"),
            row.getString("url"),
            row.getString("failure")),
        Columns.instant(row, "next_check_at"));
  }
}
