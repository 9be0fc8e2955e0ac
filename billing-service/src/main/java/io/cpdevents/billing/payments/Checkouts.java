package io.cpdevents.billing.payments;

import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about checkouts. */
@Component
class Checkouts {

  private static final String COLUMNS =
      """
      id, payment_id, attempt, status, success_url, cancel_url, expires_at, claimed_until,
      stripe_session_id, url, checks
      """;

  private final JdbcClient jdbc;

  Checkouts(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void insert(Checkout checkout, Instant claimedUntil, Instant now) {
    jdbc.sql(
            """
            INSERT INTO checkout (
                id, payment_id, attempt, idempotency_key, status, success_url, cancel_url,
                expires_at, claimed_until, created_at, next_check_at)
            VALUES (
                :id, :paymentId, :attempt, :idempotencyKey, :status, :successUrl, :cancelUrl,
                :expiresAt, :claimedUntil, :now, :expiresAt)
            """)
        .param("id", checkout.id())
        .param("paymentId", checkout.paymentId())
        .param("attempt", checkout.attempt())
        .param("idempotencyKey", checkout.idempotencyKey())
        .param("status", Parameters.constant(checkout.status()))
        .param("successUrl", checkout.successUrl())
        .param("cancelUrl", checkout.cancelUrl())
        .param("expiresAt", Parameters.instant(checkout.expiresAt()))
        .param("claimedUntil", Parameters.instant(claimedUntil))
        .param("now", Parameters.instant(now))
        .update();
  }

  /** The one that could be paid now, or may turn out to be; there is at most one. */
  Optional<Checkout> live(UUID paymentId) {
    return last(paymentId).filter(Checkout::isLive);
  }

  /** The last attempt: only that one can be live, for none is made while one is. */
  Optional<Checkout> last(UUID paymentId) {
    return jdbc.sql(
            "SELECT "
                + COLUMNS
                + " FROM checkout WHERE payment_id = :paymentId ORDER BY attempt DESC LIMIT 1")
        .param("paymentId", paymentId)
        .query(Checkouts::read)
        .optional();
  }

  Optional<Checkout> find(UUID id) {
    return jdbc.sql("SELECT " + COLUMNS + " FROM checkout WHERE id = :id")
        .param("id", id)
        .query(Checkouts::read)
        .optional();
  }

  Optional<Checkout> findBySession(String sessionId) {
    return jdbc.sql("SELECT " + COLUMNS + " FROM checkout WHERE stripe_session_id = :sessionId")
        .param("sessionId", sessionId)
        .query(Checkouts::read)
        .optional();
  }

  void claim(UUID id, Instant until) {
    jdbc.sql("UPDATE checkout SET claimed_until = :until WHERE id = :id")
        .param("id", id)
        .param("until", Parameters.instant(until))
        .update();
  }

  void release(UUID id) {
    jdbc.sql("UPDATE checkout SET claimed_until = NULL WHERE id = :id AND status = 'requested'")
        .param("id", id)
        .update();
  }

  /** Keeps Stripe's answer, also when the checkout has been given up meanwhile. */
  void open(UUID id, String sessionId, @Nullable String url, Instant nextCheckAt) {
    jdbc.sql(
            """
            UPDATE checkout
            SET stripe_session_id = :sessionId, url = :url, claimed_until = NULL,
                next_check_at = :nextCheckAt,
                status = CASE status WHEN 'requested' THEN 'open' ELSE status END
            WHERE id = :id
            """)
        .param("id", id)
        .param("sessionId", sessionId)
        .param("url", Parameters.text(url))
        .param("nextCheckAt", Parameters.instant(nextCheckAt))
        .update();
  }

  void fail(UUID id, String failure) {
    jdbc.sql(
            """
            UPDATE checkout SET status = 'failed', failure = :failure, claimed_until = NULL
            WHERE id = :id AND status = 'requested'
            """)
        .param("id", id)
        .param("failure", failure)
        .update();
  }

  /** Completes this attempt; false when it is not live. */
  boolean complete(UUID paymentId, int attempt) {
    return jdbc.sql(
                """
                UPDATE checkout SET status = 'complete'
                WHERE payment_id = :paymentId AND attempt = :attempt
                    AND status IN ('requested', 'open')
                """)
            .param("paymentId", paymentId)
            .param("attempt", attempt)
            .update()
        == 1;
  }

  /** Ends a live one; one that has ended stays as it is. */
  void end(UUID id, CheckoutStatus status) {
    jdbc.sql(
            """
            UPDATE checkout SET status = :status
            WHERE id = :id AND status IN ('requested', 'open')
            """)
        .param("id", id)
        .param("status", Parameters.constant(status))
        .update();
  }

  /** Open ones that should be looked at, longest due first. */
  List<Checkout> due(Instant now, int most) {
    return jdbc.sql(
            "SELECT "
                + COLUMNS
                + """
                 FROM checkout WHERE status = 'open' AND next_check_at <= :now
                ORDER BY next_check_at LIMIT :most
                """)
        .param("now", Parameters.instant(now))
        .param("most", most)
        .query(Checkouts::read)
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
        Columns.constant(CheckoutStatus.class, row, "status"),
        row.getString("success_url"),
        row.getString("cancel_url"),
        Columns.instant(row, "expires_at"),
        Columns.instantOrNull(row, "claimed_until"),
        row.getString("stripe_session_id"),
        row.getString("url"),
        row.getInt("checks"));
  }
}
