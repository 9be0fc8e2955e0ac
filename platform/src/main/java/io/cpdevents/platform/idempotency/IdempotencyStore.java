package io.cpdevents.platform.idempotency;

import io.cpdevents.platform.Ids;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** All SQL about {@code api_idempotency}. Leases run on system time. */
final class IdempotencyStore {

  /** How long a running request keeps others out; longer than any request may take. */
  static final Duration LEASE = Duration.ofSeconds(20);

  /** How long an answer is repeated. */
  static final Duration KEPT = Duration.ofHours(24);

  private static final int FORGOTTEN_AT_ONCE = 5_000;

  /** An answer that was given. */
  record Answer(
      int status,
      @Nullable String contentType,
      @Nullable String location,
      byte @Nullable [] body) {}

  /** What came of claiming a key. */
  sealed interface Claim {
    /** The request may run; the intent is the key's own. */
    record Run(UUID intentId) implements Claim {}

    /** The request ran before with the same body. */
    record Repeat(Answer answer) implements Claim {}

    /** The key stands for another body. */
    record Reused() implements Claim {}

    /** The request runs right now. */
    record Busy() implements Claim {}
  }

  private record Row(byte[] requestHash, @Nullable Answer answer) {}

  private final JdbcClient jdbc;
  private final Clock clock;

  IdempotencyStore(JdbcClient jdbc, Clock systemClock) {
    this.jdbc = jdbc;
    this.clock = systemClock;
  }

  Claim claim(String scope, String key, byte[] requestHash) {
    OffsetDateTime now = now();
    Optional<UUID> intent =
        jdbc.sql(
                """
                INSERT INTO api_idempotency AS kept
                    (scope, key, request_hash, intent_id, locked_until, created_at)
                VALUES (:scope, :key, :hash, :intentId, :until, :now)
                ON CONFLICT (scope, key) DO UPDATE SET locked_until = :until
                    WHERE kept.status IS NULL
                      AND kept.request_hash = :hash
                      AND (kept.locked_until IS NULL OR kept.locked_until < :now)
                RETURNING intent_id
                """)
            .param("scope", scope)
            .param("key", key)
            .param("hash", requestHash)
            .param("intentId", Ids.next())
            .param("until", now.plus(LEASE))
            .param("now", now)
            .query(UUID.class)
            .optional();
    if (intent.isPresent()) {
      return new Claim.Run(intent.get());
    }
    return find(scope, key)
        .map(row -> claimOf(row, requestHash))
        // The row left between the two statements: its request is over, the next try decides.
        .orElseGet(Claim.Busy::new);
  }

  private static Claim claimOf(Row row, byte[] requestHash) {
    if (!Arrays.equals(row.requestHash(), requestHash)) {
      return new Claim.Reused();
    }
    Answer answer = row.answer();
    return answer == null ? new Claim.Busy() : new Claim.Repeat(answer);
  }

  private Optional<Row> find(String scope, String key) {
    return jdbc.sql(
            """
            SELECT request_hash, status, content_type, location, body
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
                      row.getBytes("body"));
          return new Row(row.getBytes("request_hash"), answer);
        })
        .optional();
  }

  void keep(String scope, String key, Answer answer) {
    jdbc.sql(
            """
            UPDATE api_idempotency
            SET status = :status, content_type = :contentType, location = :location, body = :body,
                locked_until = NULL
            WHERE scope = :scope AND key = :key AND status IS NULL
            """)
        .param("scope", scope)
        .param("key", key)
        .param("status", answer.status())
        .param("contentType", answer.contentType(), Types.VARCHAR)
        .param("location", answer.location(), Types.VARCHAR)
        .param("body", answer.body(), Types.BINARY)
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

  /** Forgets keys older than {@link #KEPT}; answers how many. */
  int forgetOld() {
    return jdbc.sql(
            """
            DELETE FROM api_idempotency WHERE (scope, key) IN (
                SELECT scope, key FROM api_idempotency WHERE created_at < :before LIMIT :most)
            """)
        .param("before", now().minus(KEPT))
        .param("most", FORGOTTEN_AT_ONCE)
        .update();
  }

  private OffsetDateTime now() {
    Instant instant = clock.instant();
    return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
  }
}
