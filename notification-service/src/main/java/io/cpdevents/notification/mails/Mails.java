package io.cpdevents.notification.mails;

import io.cpdevents.notification.writing.Draft;
import io.cpdevents.notification.writing.MailKinds;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.KeysetPage;
import io.cpdevents.platform.sql.Parameters;
import io.cpdevents.platform.web.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about mails. */
@Component
class Mails {

  private static final String COLUMNS =
      """
      id, template, cause_id, account_id, subject, status, attempts, queued_at, due_at, expires_at,
      settled_at, reason, resent_from
      """;

  /**
   * A mail that a worker has claimed.
   *
   * @param before its status before: {@code SENDING} when its worker before had died
   */
  record Claim(MailStatus before, Mail mail) {}

  private final JdbcClient jdbc;
  private final MailKinds kinds;

  Mails(JdbcClient jdbc, MailKinds kinds) {
    this.jdbc = jdbc;
    this.kinds = kinds;
  }

  /** Stores new mails, but those for whose cause there is one; returns the ids of those stored. */
  Set<UUID> add(List<Mail> mails) {
    // In one order everywhere, so that no two statements wait for each other.
    List<Mail> inOrder = mails.stream().sorted(Comparator.comparing(Mail::causeId)).toList();
    return Set.copyOf(
        jdbc.sql(
                """
                INSERT INTO mail (id, template, cause_id, account_id, organization_id,
                                  registration_id, subject, status, attempts, queued_at, due_at,
                                  expires_at, resent_from, urgent)
                SELECT m.*, m.template = ANY (CAST(:urgent AS text[])) FROM unnest(CAST(:ids AS uuid[]), CAST(:templates AS text[]),
                    CAST(:causeIds AS uuid[]), CAST(:accountIds AS uuid[]),
                    CAST(:organizationIds AS uuid[]), CAST(:registrationIds AS uuid[]),
                    CAST(:subjects AS jsonb[]), CAST(:statuses AS text[]),
                    CAST(:attempts AS integer[]), CAST(:queuedAts AS timestamptz[]),
                    CAST(:dueAts AS timestamptz[]), CAST(:expiresAts AS timestamptz[]),
                    CAST(:resentFroms AS uuid[]))
                    AS m (id, template, cause_id, account_id, organization_id, registration_id,
                          subject, status, attempts, queued_at, due_at, expires_at, resent_from)
                ON CONFLICT DO NOTHING
                RETURNING id
                """)
            .param("ids", Parameters.uuids(inOrder, Mail::id))
            .param("templates", Parameters.texts(inOrder, Mail::template))
            .param("causeIds", Parameters.uuids(inOrder, Mail::causeId))
            .param("accountIds", Parameters.uuids(inOrder, Mail::accountId))
            .param("organizationIds", Parameters.uuids(inOrder, Mail::organizationId))
            .param("registrationIds", Parameters.uuids(inOrder, Mail::registrationId))
            .param("subjects", Parameters.jsons(inOrder, Mail::subject))
            .param("statuses", Parameters.constants(inOrder, Mail::status))
            .param("attempts", Parameters.integers(inOrder, Mail::attempts))
            .param("queuedAts", Parameters.instants(inOrder, Mail::queuedAt))
            .param("dueAts", Parameters.instants(inOrder, Mail::dueAt))
            .param("expiresAts", Parameters.instants(inOrder, Mail::expiresAt))
            .param("resentFroms", Parameters.uuids(inOrder, Mail::resentFrom))
            .param("urgent", Parameters.texts(urgentOf(inOrder), Function.identity()))
            .query(UUID.class)
            .list());
  }

  /** The templates of those that are sent before all others. */
  private List<String> urgentOf(List<Mail> mails) {
    return mails.stream()
        .filter(mail -> kinds.draft(mail.subject()).filter(Draft::isUrgent).isPresent())
        .map(Mail::template)
        .distinct()
        .toList();
  }

  /**
   * Claims mails that are due, urgent ones and then the oldest first, each for one worker alone.
   *
   * @param claimed their status from now on
   * @param now system time
   * @param leaseUntil after this another worker may claim them; system time
   * @param except mails that this process has already: a lease that ran out because the process
   *     stood still does not hand them to it twice
   */
  List<Claim> claim(
      MailStatus claimed, Instant now, Instant leaseUntil, int limit, Collection<UUID> except) {
    return jdbc.sql(
            """
            UPDATE mail SET status = :claimed, attempts = attempts + 1, due_at = :leaseUntil,
                            hastened = false
            WHERE id = ANY (ARRAY(SELECT id FROM mail
                                  WHERE status IN ('queued', 'sending') AND due_at <= :now
                                    AND id <> ALL (CAST(:except AS uuid[]))
                                  ORDER BY urgent DESC, due_at
                                  LIMIT :limit
                                  FOR UPDATE SKIP LOCKED))
            RETURNING old.status AS status_before,
            """
                + COLUMNS)
        .param("claimed", Parameters.constant(claimed))
        .param("now", Parameters.instant(now))
        .param("leaseUntil", Parameters.instant(leaseUntil))
        .param("limit", limit)
        .param("except", Parameters.uuids(except, Function.identity()))
        .query((row, number) ->
            new Claim(
                Columns.constant(MailStatus.class, row, "status_before"), toMail(row, number)))
        .list();
  }

  /**
   * Extends the leases of claimed mails.
   *
   * @param claimed as they were when they were claimed
   * @param leaseUntil system time
   * @return the ids of those that no other worker has claimed since
   */
  Set<UUID> extendLeases(Collection<Mail> claimed, Instant leaseUntil) {
    return Set.copyOf(
        jdbc.sql(
                """
                UPDATE mail m SET due_at = :leaseUntil
                FROM unnest(CAST(:ids AS uuid[]), CAST(:attempts AS integer[])) AS c (id, attempts)
                WHERE m.id = c.id AND m.status = 'sending' AND m.attempts = c.attempts
                RETURNING m.id
                """)
            .param("leaseUntil", Parameters.instant(leaseUntil))
            .param("ids", Parameters.uuids(claimed, Mail::id))
            .param("attempts", Parameters.integers(claimed, Mail::attempts))
            .query(UUID.class)
            .list());
  }

  /**
   * Locks claimed mails until the transaction ends.
   *
   * @return the ids of those that no other worker has claimed since
   */
  Set<UUID> lockOwn(List<Mail> claimed) {
    return Set.copyOf(
        jdbc.sql(
                """
                SELECT m.id FROM mail m
                JOIN unnest(CAST(:ids AS uuid[]), CAST(:attempts AS integer[]))
                    AS c (id, attempts) ON m.id = c.id
                WHERE m.status = 'sending' AND m.attempts = c.attempts
                ORDER BY m.id FOR UPDATE OF m
                """)
            .param("ids", Parameters.uuids(claimed, Mail::id))
            .param("attempts", Parameters.integers(claimed, Mail::attempts))
            .query(UUID.class)
            .list());
  }

  /**
   * Saves the outcome of claimed mails that are locked. A mail that was made due at once in the
   * meantime stays so, unless it is settled.
   *
   * @param after the mails after an attempt to send them
   * @param now system time
   */
  void save(List<Mail> after, Instant now) {
    jdbc.sql(
            """
            UPDATE mail m SET status = a.status,
                   due_at = CASE WHEN m.hastened AND a.due_at IS NOT NULL
                                 THEN :now ELSE a.due_at END,
                   reason = a.reason,
                   settled_at = a.settled_at
            FROM unnest(CAST(:ids AS uuid[]), CAST(:statuses AS text[]),
                        CAST(:dueAts AS timestamptz[]), CAST(:reasons AS text[]),
                        CAST(:settledAts AS timestamptz[]))
                 AS a (id, status, due_at, reason, settled_at)
            WHERE m.id = a.id
            """)
        .param("ids", Parameters.uuids(after, Mail::id))
        .param("statuses", Parameters.constants(after, Mail::status))
        .param("dueAts", Parameters.instants(after, Mail::dueAt))
        .param("reasons", Parameters.texts(after, Mail::reason))
        .param("settledAts", Parameters.instants(after, Mail::settledAt))
        .param("now", Parameters.instant(now))
        .update();
  }

  /**
   * Makes a person's waiting mails due, because what they waited for may have come. One that a
   * worker has becomes due when the worker lets go of it.
   *
   * @param now system time
   * @return how many there are
   */
  int hasten(UUID accountId, Instant now) {
    return jdbc.sql(
            """
            UPDATE mail SET hastened = true,
                            due_at = CASE status WHEN 'queued' THEN least(due_at, :now)
                                                 ELSE due_at END
            WHERE account_id = :accountId AND status IN ('queued', 'sending')
            """)
        .param("now", Parameters.instant(now))
        .param("accountId", accountId)
        .update();
  }

  /** The mail, locked until the transaction ends. */
  Optional<Mail> lock(UUID id) {
    return jdbc.sql("SELECT " + COLUMNS + " FROM mail WHERE id = :id FOR UPDATE")
        .param("id", id)
        .query(this::toMail)
        .optional();
  }

  Optional<Mail> find(UUID id) {
    return jdbc.sql("SELECT " + COLUMNS + " FROM mail WHERE id = :id")
        .param("id", id)
        .query(this::toMail)
        .optional();
  }

  /** How many mails repeat this one since then. */
  int countResent(UUID resentFrom, Instant since) {
    return jdbc.sql(
            "SELECT count(*) FROM mail WHERE resent_from = :resentFrom AND queued_at > :since")
        .param("resentFrom", resentFrom)
        .param("since", Parameters.instant(since))
        .query(Integer.class)
        .single();
  }

  /** An organization's mails, the newest first: a page, and one more. */
  List<Mail> list(UUID organizationId, @Nullable UUID registrationId, PageRequest request) {
    KeysetPage page = KeysetPage.descending("queued_at", "id", request);
    return jdbc.sql(
            "SELECT "
                + COLUMNS
                + " FROM mail WHERE organization_id = :organizationId"
                + (registrationId == null ? "" : " AND registration_id = :registrationId")
                + page.condition()
                + page.orderAndLimit())
        .param("organizationId", organizationId)
        .param("registrationId", Parameters.uuid(registrationId))
        .params(page.parameters())
        .query(this::toMail)
        .list();
  }

  /** When the mail was queued that has waited longest; empty when none waits. */
  Optional<Instant> oldestWaiting() {
    return jdbc.sql(
            "SELECT min(queued_at) AS oldest FROM mail WHERE status IN ('queued', 'sending')")
        .query((row, _) -> Optional.ofNullable(Columns.instantOrNull(row, "oldest")))
        .single();
  }

  /** Removes mails that were settled before then, and returns how many there were. */
  int removeSettledBefore(Instant before, int limit) {
    return jdbc.sql(
            """
            DELETE FROM mail
            WHERE id IN (SELECT id FROM mail WHERE settled_at < :before
                         ORDER BY settled_at LIMIT :limit FOR UPDATE SKIP LOCKED)
            """)
        .param("before", Parameters.instant(before))
        .param("limit", limit)
        .update();
  }

  private Mail toMail(ResultSet row, int rowNumber) throws SQLException {
    String template = row.getString("template");
    return new Mail(
        Columns.uuid(row, "id"),
        template,
        Columns.uuid(row, "cause_id"),
        Columns.uuidOrNull(row, "account_id"),
        kinds.read(template, row.getString("subject")),
        Columns.constant(MailStatus.class, row, "status"),
        row.getInt("attempts"),
        Columns.instant(row, "queued_at"),
        Columns.instantOrNull(row, "due_at"),
        Columns.instantOrNull(row, "expires_at"),
        Columns.instantOrNull(row, "settled_at"),
        row.getString("reason"),
        Columns.uuidOrNull(row, "resent_from"));
  }
}
