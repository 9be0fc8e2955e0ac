package io.cpdevents.platform.idempotency;

import io.cpdevents.platform.Ids;
import io.cpdevents.platform.sql.Parameters;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** All SQL about {@code api_idempotency}. Leases run on system time. */
final class IdempotencyStore {

  /**
   * How long a request that has died excludes others. One that is running renews its lease, so that
   * it excludes others for as long as it runs, however long its calls may take.
   */
  static final Duration LEASE_TIME = Duration.ofSeconds(20);

  /** Three renewals may fail before the lease ends. */
  static final Duration RENEWAL_INTERVAL = LEASE_TIME.dividedBy(4);

  /** How long an answer is replayed. */
  static final Duration RETENTION = Duration.ofHours(24);

  private static final int MAX_BATCH_ROWS = 5_000;

  /** A stored answer. */
  record Answer(
      int status,
      @Nullable String contentType,
      @Nullable String location,
      @Nullable String etag,
      byte @Nullable [] body) {}

  /** The result of claiming a key. */
  sealed interface Claim {
    /**
     * The request may run, with the intent of the key.
     *
     * @param isFirst whether none with this key has run before
     */
    record Run(UUID intentId, boolean isFirst) implements Claim {}

    /** The request has run before with the same body. */
    record Replay(Answer answer) implements Claim {}

    /** The key was used with another body. */
    record Reused() implements Claim {}

    /** The request is running. */
    record InProgress() implements Claim {}
  }

  private record Row(byte[] requestHash, @Nullable Answer answer) {}

  private final JdbcClient jdbc;
  private final Clock clock;

  IdempotencyStore(JdbcClient jdbc, Clock systemClock) {
    this.jdbc = jdbc;
    this.clock = systemClock;
  }

  Claim claim(String scope, String key, byte[] requestHash) {
    Instant now = clock.instant();
    Optional<Claim> run =
        jdbc.sql(
                """
                INSERT INTO api_idempotency AS stored
                    (scope, key, request_hash, intent_id, locked_until, created_at)
                VALUES (:scope, :key, :hash, :intentId, :until, :now)
                ON CONFLICT (scope, key) DO UPDATE SET locked_until = :until
                    WHERE stored.status IS NULL
                      AND stored.request_hash = :hash
                      AND (stored.locked_until IS NULL OR stored.locked_until < :now)
                RETURNING intent_id, xmax = 0 AS is_new
                """)
            .param("scope", scope)
            .param("key", key)
            .param("hash", requestHash)
            .param("intentId", Ids.next())
            .param("until", Parameters.instant(now.plus(LEASE_TIME)))
            .param("now", Parameters.instant(now))
            .<Claim>query((row, _) ->
                new Claim.Run(row.getObject("intent_id", UUID.class), row.getBoolean("is_new")))
            .optional();
    if (run.isPresent()) {
      return run.get();
    }
    return find(scope, key)
        .map(row -> claimOf(row, requestHash))
        // The row was removed between the two statements, so its request has ended; a retry
        // decides.
        .orElseGet(Claim.InProgress::new);
  }

  private static Claim claimOf(Row row, byte[] requestHash) {
    if (!Arrays.equals(row.requestHash(), requestHash)) {
      return new Claim.Reused();
    }
    Answer answer = row.answer();
    return answer == null ? new Claim.InProgress() : new Claim.Replay(answer);
  }

  private Optional<Row> find(String scope, String key) {
    return jdbc.sql(
            """
            SELECT request_hash, status, content_type, location, etag, body
            FROM api_idempotency WHERE scope = :scope AND key = :key
            """)
        .param("scope", scope)
        .param("key", key)
        .query((row, _) -> {
          int status = row.getInt("status");
          Answer answer =
              row.wasNull()
                  ? null
                  : new Answer(
                      status,
                      row.getString("content_type"),
                      row.getString("location"),
                      row.getString("etag"),
                      row.getBytes("body"));
          return new Row(row.getBytes("request_hash"), answer);
        })
        .optional();
  }

  void store(String scope, String key, Answer answer) {
    jdbc.sql(
            """
            UPDATE api_idempotency
            SET status = :status, content_type = :contentType, location = :location, etag = :etag,
                body = :body, locked_until = NULL
            WHERE scope = :scope AND key = :key AND status IS NULL
            """)
        .param("scope", scope)
        .param("key", key)
        .param("status", answer.status())
        .param("contentType", Parameters.text(answer.contentType()))
        .param("location", Parameters.text(answer.location()))
        .param("etag", Parameters.text(answer.etag()))
        .param("body", Parameters.bytes(answer.body()))
        .update();
  }

  /** The request is still running: others wait for longer. */
  void renew(String scope, String key) {
    jdbc.sql(
            """
            UPDATE api_idempotency SET locked_until = :until
            WHERE scope = :scope AND key = :key AND status IS NULL AND locked_until IS NOT NULL
            """)
        .param("until", Parameters.instant(clock.instant().plus(LEASE_TIME)))
        .param("scope", scope)
        .param("key", key)
        .update();
  }

  /** Lets the next request with this key run, with the same intent. */
  void release(String scope, String key) {
    jdbc.sql(
            """
            UPDATE api_idempotency SET locked_until = NULL
            WHERE scope = :scope AND key = :key AND status IS NULL
            """)
        .param("scope", scope)
        .param("key", key)
        .update();
  }

  /** As if the request had never been sent: it had no effect. */
  void forget(String scope, String key) {
    jdbc.sql("DELETE FROM api_idempotency WHERE scope = :scope AND key = :key AND status IS NULL")
        .param("scope", scope)
        .param("key", key)
        .update();
  }

  /** Removes keys older than {@link #RETENTION}; returns how many. */
  int removeOld() {
    return jdbc.sql(
            """
            DELETE FROM api_idempotency WHERE (scope, key) IN (
                SELECT scope, key FROM api_idempotency WHERE created_at < :before LIMIT :batchRows)
            """)
        .param("before", Parameters.instant(clock.instant().minus(RETENTION)))
        .param("batchRows", MAX_BATCH_ROWS)
        .update();
  }
}
