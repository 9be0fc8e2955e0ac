package io.cpdevents.notification.mails;

import static java.time.ZoneOffset.UTC;

import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.platform.money.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
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
      id, template, cause_id, account_id, organization_id, registration_id, amount_minor, currency,
      status, attempts, queued_at, expires_at, settled_at, reason, resent_from
      """;

  /**
   * A mail that a worker has now.
   *
   * @param before where it stood: {@code SENDING} when its worker before had died
   */
  record Claim(MailStatus before, Mail mail) {}

  private final JdbcClient jdbc;

  Mails(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Puts a mail in the queue; false when its cause (or its id) has one already. */
  boolean add(Mail mail) {
    Money amount = mail.amount();
    return jdbc.sql(
                """
                INSERT INTO mail (id, template, cause_id, account_id, organization_id,
                                  registration_id, amount_minor, currency, status, queued_at,
                                  due_at, expires_at, resent_from)
                VALUES (:id, :template, :causeId, :accountId, CAST(:organizationId AS uuid),
                        CAST(:registrationId AS uuid), CAST(:amountMinor AS bigint),
                        CAST(:currency AS text), 'queued', :queuedAt, :queuedAt,
                        CAST(:expiresAt AS timestamptz), CAST(:resentFrom AS uuid))
                ON CONFLICT DO NOTHING
                """)
            .param("id", mail.id())
            .param("template", mail.template().code())
            .param("causeId", mail.causeId())
            .param("accountId", mail.accountId())
            .param("organizationId", mail.organizationId())
            .param("registrationId", mail.registrationId())
            .param("amountMinor", amount == null ? null : amount.amountMinor())
            .param("currency", amount == null ? null : amount.currency().getCurrencyCode())
            .param("queuedAt", at(mail.queuedAt()))
            .param("expiresAt", mail.expiresAt() == null ? null : at(mail.expiresAt()))
            .param("resentFrom", mail.resentFrom())
            .update()
        == 1;
  }

  /**
   * Takes mails that are due, the oldest first, each for one worker alone.
   *
   * @param leaseUntil after this another worker may take them
   * @param except mails that this process has at the moment: a lease that ran out because the
   *     process stood still does not hand them to it twice
   */
  List<Claim> claim(Instant now, Instant leaseUntil, int most, Collection<UUID> except) {
    return jdbc.sql(
            """
            UPDATE mail SET status = 'sending', attempts = attempts + 1, due_at = :leaseUntil,
                            hastened = false
            WHERE id IN (SELECT id FROM mail
                         WHERE status IN ('queued', 'sending') AND due_at <= :now
                           AND id <> ALL (CAST(:except AS uuid[]))
                         ORDER BY due_at
                         LIMIT :most
                         FOR UPDATE SKIP LOCKED)
            RETURNING old.status AS status_before,
            """
                + COLUMNS)
        .param("now", at(now))
        .param("leaseUntil", at(leaseUntil))
        .param("most", most)
        .param("except", texts(except))
        .query((row, number) -> new Claim(status(row, "status_before"), toMail(row, number)))
        .list();
  }

  /**
   * Says that the workers of these mails are alive.
   *
   * @param claimed as they were when they were claimed
   * @return the ids of those that no other worker has claimed since
   */
  Set<UUID> extendLeases(Collection<Mail> claimed, Instant leaseUntil) {
    return Set.copyOf(
        jdbc.sql(
                """
                UPDATE mail m SET due_at = :leaseUntil
                FROM unnest(CAST(:ids AS uuid[]), CAST(:attempts AS integer[]))
                     AS c (id, attempts)
                WHERE m.id = c.id AND m.status = 'sending' AND m.attempts = c.attempts
                RETURNING m.id
                """)
            .param("leaseUntil", at(leaseUntil))
            .param("ids", texts(claimed, Mail::id))
            .param("attempts", texts(claimed, Mail::attempts))
            .query(UUID.class)
            .list());
  }

  /**
   * What became of a claimed mail.
   *
   * @param claimed as it was when it was claimed
   * @param at when the attempt ended
   */
  record Ended(Mail claimed, Mail.Settlement settlement, Instant at) {
    private @Nullable Instant settledAt() {
      return settlement.dueAt() == null ? at : null;
    }
  }

  /**
   * Saves what became of claimed mails.
   *
   * @return the ids of those that no other worker has claimed since
   */
  Set<UUID> settle(List<Ended> ended, Instant now) {
    List<Ended> inOrder =
        ended.stream().sorted(Comparator.comparing(end -> end.claimed().id())).toList();
    return Set.copyOf(
        jdbc.sql(
                """
                UPDATE mail m SET status = e.status,
                       due_at = CASE WHEN m.hastened AND e.due_at IS NOT NULL
                                     THEN :now ELSE e.due_at END,
                       reason = e.reason,
                       settled_at = e.settled_at
                FROM unnest(CAST(:ids AS uuid[]), CAST(:attempts AS integer[]),
                            CAST(:statuses AS text[]), CAST(:dueAts AS timestamptz[]),
                            CAST(:reasons AS text[]), CAST(:settledAts AS timestamptz[]))
                     AS e (id, attempts, status, due_at, reason, settled_at)
                WHERE m.id = e.id AND m.status = 'sending' AND m.attempts = e.attempts
                RETURNING m.id
                """)
            .param("ids", texts(inOrder, end -> end.claimed().id()))
            .param("attempts", texts(inOrder, end -> end.claimed().attempts()))
            .param(
                "statuses",
                texts(inOrder, end -> ContractsJson.kebabCase(end.settlement().status())))
            .param("dueAts", texts(inOrder, end -> end.settlement().dueAt()))
            .param("reasons", texts(inOrder, end -> end.settlement().reason()))
            .param("settledAts", texts(inOrder, Ended::settledAt))
            .param("now", at(now))
            .query(UUID.class)
            .list());
  }

  /**
   * Makes a person's waiting mails due: what they waited for may have come. One that a worker has
   * becomes due when the worker lets go of it.
   */
  int hasten(UUID accountId, Instant now) {
    return jdbc.sql(
            """
            UPDATE mail SET hastened = true,
                            due_at = CASE status WHEN 'queued' THEN least(due_at, :now)
                                                 ELSE due_at END
            WHERE account_id = :accountId AND status IN ('queued', 'sending')
            """)
        .param("now", at(now))
        .param("accountId", accountId)
        .update();
  }

  /** The mail, locked until the transaction ends. */
  Optional<Mail> lock(UUID id) {
    return jdbc.sql("SELECT " + COLUMNS + " FROM mail WHERE id = :id FOR UPDATE")
        .param("id", id)
        .query(Mails::toMail)
        .optional();
  }

  Optional<Mail> find(UUID id) {
    return jdbc.sql("SELECT " + COLUMNS + " FROM mail WHERE id = :id")
        .param("id", id)
        .query(Mails::toMail)
        .optional();
  }

  /** How many mails repeat this one since then. */
  int countResent(UUID resentFrom, UUID registrationId, Instant since) {
    return jdbc.sql(
            """
            SELECT count(*) FROM mail
            WHERE registration_id = :registrationId AND resent_from = :resentFrom
              AND queued_at > :since
            """)
        .param("registrationId", registrationId)
        .param("resentFrom", resentFrom)
        .param("since", at(since))
        .query(Integer.class)
        .single();
  }

  /** An organization's mails, the newest first, after a place in that order. */
  List<Mail> list(
      UUID organizationId,
      @Nullable UUID registrationId,
      @Nullable Instant afterQueuedAt,
      @Nullable UUID afterId,
      int most) {
    return jdbc.sql(
            "SELECT "
                + COLUMNS
                + """
                FROM mail
                WHERE organization_id = :organizationId
                  AND (CAST(:registrationId AS uuid) IS NULL OR registration_id = :registrationId)
                  AND (CAST(:afterQueuedAt AS timestamptz) IS NULL
                       OR (queued_at, id) < (:afterQueuedAt, CAST(:afterId AS uuid)))
                ORDER BY queued_at DESC, id DESC
                LIMIT :most
                """)
        .param("organizationId", organizationId)
        .param("registrationId", registrationId)
        .param("afterQueuedAt", afterQueuedAt == null ? null : at(afterQueuedAt))
        .param("afterId", afterId)
        .param("most", most)
        .query(Mails::toMail)
        .list();
  }

  /** When the mail was queued that has waited longest; empty when none waits. */
  Optional<Instant> oldestWaiting() {
    return jdbc.sql("SELECT min(queued_at) FROM mail WHERE status IN ('queued', 'sending')")
        .query((row, _) -> Optional.ofNullable(row.getObject(1, OffsetDateTime.class)))
        .single()
        .map(OffsetDateTime::toInstant);
  }

  /** Removes mails that were settled before then. */
  int removeSettledBefore(Instant before, int most) {
    return jdbc.sql(
            """
            DELETE FROM mail
            WHERE id IN (SELECT id FROM mail WHERE settled_at < :before
                         ORDER BY settled_at LIMIT :most FOR UPDATE SKIP LOCKED)
            """)
        .param("before", at(before))
        .param("most", most)
        .update();
  }

  private static String[] texts(Collection<UUID> ids) {
    return texts(ids, id -> id);
  }

  private static <T> String[] texts(Collection<T> of, Function<T, @Nullable Object> value) {
    return of.stream()
        .map(value)
        .map(each -> each == null ? null : each.toString())
        .toArray(String[]::new);
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(UTC);
  }

  private static Mail toMail(ResultSet row, int rowNumber) throws SQLException {
    String currency = row.getString("currency");
    return new Mail(
        row.getObject("id", UUID.class),
        MailTemplate.of(row.getString("template")),
        row.getObject("cause_id", UUID.class),
        row.getObject("account_id", UUID.class),
        row.getObject("organization_id", UUID.class),
        row.getObject("registration_id", UUID.class),
        currency == null ? null : Money.of(row.getLong("amount_minor"), currency),
        status(row, "status"),
        row.getInt("attempts"),
        row.getObject("queued_at", OffsetDateTime.class).toInstant(),
        instant(row, "expires_at"),
        instant(row, "settled_at"),
        row.getString("reason"),
        row.getObject("resent_from", UUID.class));
  }

  private static MailStatus status(ResultSet row, String column) throws SQLException {
    return MailStatus.valueOf(row.getString(column).toUpperCase(Locale.ROOT));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }
}
