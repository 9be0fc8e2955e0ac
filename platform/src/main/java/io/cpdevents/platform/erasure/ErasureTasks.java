package io.cpdevents.platform.erasure;

import io.cpdevents.contracts.Topic;
import io.cpdevents.contracts.accounts.ErasureEvent.ErasureStarted;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The people whom a service has been asked to erase. */
public final class ErasureTasks {

  /** One person to erase. */
  record Task(UUID erasureId, UUID accountId) {}

  /** How long one try may take before another one begins. */
  private static final Duration MAX_TRY_TIME = Duration.ofMinutes(1);

  private final JdbcClient jdbc;
  private final Clock business;
  private final Clock system;

  ErasureTasks(JdbcClient jdbc, Clock business, Clock system) {
    this.jdbc = jdbc;
    this.business = business;
    this.system = system;
  }

  /** Notes that a person is to be erased; told twice: noted once. */
  public void add(ErasureStarted started) {
    jdbc.sql(
            """
            INSERT INTO erasure_task (erasure_id, account_id, received_at, next_attempt_at)
            VALUES (:erasureId, :accountId, :receivedAt, :nextAttemptAt)
            ON CONFLICT (erasure_id) DO NOTHING
            """)
        .param("erasureId", started.erasureId())
        .param("accountId", started.accountId())
        .param("receivedAt", Parameters.instant(business.instant()))
        .param("nextAttemptAt", Parameters.instant(system.instant()))
        .update();
  }

  /** Takes the task that is due first, for as long as a try may take. */
  Optional<Task> claim() {
    Instant now = system.instant();
    return jdbc.sql(
            """
            UPDATE erasure_task SET attempts = attempts + 1, next_attempt_at = :next
            WHERE erasure_id = (
                SELECT erasure_id FROM erasure_task
                WHERE answered_at IS NULL AND next_attempt_at <= :now
                ORDER BY next_attempt_at LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING erasure_id, account_id
            """)
        .param("now", Parameters.instant(now))
        .param("next", Parameters.instant(now.plus(MAX_TRY_TIME)))
        .query(
            (row, _) -> new Task(Columns.uuid(row, "erasure_id"), Columns.uuid(row, "account_id")))
        .optional();
  }

  /** Marks it as answered; false when another one was faster. */
  boolean answer(Task task) {
    return jdbc.sql(
                """
                UPDATE erasure_task SET answered_at = :now
                WHERE erasure_id = :erasureId AND answered_at IS NULL
                """)
            .param("now", Parameters.instant(business.instant()))
            .param("erasureId", task.erasureId())
            .update()
        == 1;
  }

  /**
   * Lets go of the answers that are kept for repeated requests about these things, which others may
   * have sent: they say what the person is called. The keys go on counting. Who repeats a request
   * goes on with its intent, as after a crash: that changes nothing, and is answered as things are
   * now.
   *
   * @param things by the intents that made them, or as paths name them
   */
  public void forgetAnswersAbout(Collection<UUID> things) {
    if (things.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            UPDATE api_idempotency
            SET status = NULL, content_type = NULL, location = NULL, etag = NULL, body = NULL
            WHERE status IS NOT NULL
              AND (intent_id = ANY (:ids) OR string_to_array(scope, '/') && CAST(:ids AS text[]))
            """)
        .param("ids", Parameters.uuids(things, thing -> thing))
        .update();
  }

  /**
   * Lets go of the answers to requests to these paths, or behind them, as {@link
   * #forgetAnswersAbout}.
   */
  public void forgetAnswersAt(Collection<String> paths) {
    jdbc.sql(
            """
            UPDATE api_idempotency
            SET status = NULL, content_type = NULL, location = NULL, etag = NULL, body = NULL
            WHERE status IS NOT NULL
              AND scope LIKE ANY (SELECT '% ' || path || '%'
                                  FROM unnest(CAST(:paths AS text[])) path)
            """)
        .param("paths", paths.toArray(String[]::new))
        .update();
  }

  /** Lets go of the answers that name a person, as {@link #forgetAnswersAbout}. */
  public void forgetAnswersThatName(ErasedPerson person) {
    jdbc.sql(
            """
            UPDATE api_idempotency
            SET status = NULL, content_type = NULL, location = NULL, etag = NULL, body = NULL
            WHERE CASE WHEN content_type LIKE 'application/%json%'
                       THEN convert_from(body, 'UTF8') ~* :mention END
            """)
        .param("mention", person.mention())
        .update();
  }

  /**
   * Lets go of the answers that say this, as {@link #forgetAnswersAbout}: also of those about
   * things that are not here any more, by which they cannot be found.
   */
  public void forgetAnswersThatSay(String words) {
    jdbc.sql(
            """
            UPDATE api_idempotency
            SET status = NULL, content_type = NULL, location = NULL, etag = NULL, body = NULL
            WHERE position(convert_to(:words, 'UTF8') IN body) > 0
            """)
        .param("words", words)
        .update();
  }

  /** Removes what the platform's own tables say about the person. */
  public void forgetRequestsOf(UUID accountId) {
    // Answers that are kept for repeated requests say names and addresses.
    jdbc.sql("DELETE FROM api_idempotency WHERE starts_with(scope, :caller)")
        .param("caller", accountId + " ")
        .update();
    // Profiles that could not be handled, which are keyed by the account.
    jdbc.sql("DELETE FROM parked_message WHERE key = :key AND topic = :topic")
        .param("key", accountId.toString())
        .param("topic", Topic.Names.ACCOUNTS_PROFILES)
        .update();
  }
}
