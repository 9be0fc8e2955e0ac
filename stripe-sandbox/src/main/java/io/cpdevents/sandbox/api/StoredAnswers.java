package io.cpdevents.sandbox.api;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The answers that are stored for idempotency keys, for 24 hours of the machine's time. */
@Component
class StoredAnswers {
  private static final Duration RETENTION = Duration.ofHours(24);

  private final JdbcClient jdbc;
  private final Clock machine;

  StoredAnswers(JdbcClient jdbc, Clock machine) {
    this.jdbc = jdbc;
    this.machine = machine;
  }

  /** An answer and the request that it answered. */
  record StoredAnswer(String requestHash, String requestId, int status, String body) {}

  /**
   * Claims the key until the transaction ends.
   *
   * @return false when another request holds it
   */
  boolean claim(String account, String key) {
    return jdbc.sql("SELECT pg_try_advisory_xact_lock(hashtextextended(:scope, 0))")
        .param("scope", account + "/" + key)
        .query(Boolean.class)
        .single();
  }

  Optional<StoredAnswer> find(String account, String key) {
    return jdbc.sql(
            """
            SELECT request_hash, request_id, status, body FROM stored_answer
            WHERE account = :account AND idempotency_key = :key AND stored_at > :since
            """)
        .param("account", account)
        .param("key", key)
        .param("since", at(machine.instant().minus(RETENTION)))
        .query(StoredAnswer.class)
        .optional();
  }

  void store(String account, String key, String path, StoredAnswer answer) {
    jdbc.sql(
            """
            INSERT INTO stored_answer (account, idempotency_key, path, request_hash, request_id, status, body, stored_at)
            VALUES (:account, :key, :path, :hash, :requestId, :status, :body, :now)
            ON CONFLICT (account, idempotency_key) DO UPDATE
            SET path = excluded.path, request_hash = excluded.request_hash, request_id = excluded.request_id,
                status = excluded.status, body = excluded.body, stored_at = excluded.stored_at
            """)
        .param("account", account)
        .param("key", key)
        .param("path", path)
        .param("hash", answer.requestHash())
        .param("requestId", answer.requestId())
        .param("status", answer.status())
        .param("body", answer.body())
        .param("now", at(machine.instant()))
        .update();
  }

  /** Removes answers that are too old to be replayed; returns how many. */
  int removeOld() {
    return jdbc.sql("DELETE FROM stored_answer WHERE stored_at <= :before")
        .param("before", at(machine.instant().minus(RETENTION)))
        .update();
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
