package io.cpdevents.sandbox.front;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The answers that idempotency keys keep, for 24 hours of the machine's time. */
@Component
class KeptAnswers {
  private static final Duration KEPT = Duration.ofHours(24);

  private final JdbcClient jdbc;
  private final Clock machine;

  KeptAnswers(JdbcClient jdbc, Clock machine) {
    this.jdbc = jdbc;
    this.machine = machine;
  }

  /** An answer and the request it was given to. */
  record KeptAnswer(String requestHash, String requestId, int status, String body) {}

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

  Optional<KeptAnswer> find(String account, String key) {
    return jdbc.sql(
            """
            SELECT request_hash, request_id, status, body FROM kept_answer
            WHERE account = :account AND idempotency_key = :key AND kept_at > :since
            """)
        .param("account", account)
        .param("key", key)
        .param("since", at(machine.instant().minus(KEPT)))
        .query(KeptAnswer.class)
        .optional();
  }

  void keep(String account, String key, KeptAnswer answer) {
    jdbc.sql(
            """
            INSERT INTO kept_answer (account, idempotency_key, request_hash, request_id, status, body, kept_at)
            VALUES (:account, :key, :hash, :requestId, :status, :body, :now)
            ON CONFLICT (account, idempotency_key) DO UPDATE
            SET request_hash = excluded.request_hash, request_id = excluded.request_id,
                status = excluded.status, body = excluded.body, kept_at = excluded.kept_at
            """)
        .param("account", account)
        .param("key", key)
        .param("hash", answer.requestHash())
        .param("requestId", answer.requestId())
        .param("status", answer.status())
        .param("body", answer.body())
        .param("now", at(machine.instant()))
        .update();
  }

  /** Forgets answers that are too old to be given again. */
  int prune() {
    return jdbc.sql("DELETE FROM kept_answer WHERE kept_at <= :before")
        .param("before", at(machine.instant().minus(KEPT)))
        .update();
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
