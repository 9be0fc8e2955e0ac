package io.cpdevents.accounts.credentials;

import io.cpdevents.accounts.origin.RequestOrigin;
import io.cpdevents.accounts.passwords.PasswordHashing;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about other e-mail addresses, except the queries for their mails. */
@Component
class EmailChanges {

  /**
   * An address that somebody wants.
   *
   * @param origin where it was asked for; the mail tells it
   */
  record Wanted(
      UUID id, UUID accountId, String email, RequestOrigin origin, Instant at, Instant expiresAt) {

    @Override
    public String toString() {
      return "(hidden)";
    }
  }

  /** A link that counts: whose it is, and which address it leads to. */
  record Link(UUID accountId, String email) {

    @Override
    public String toString() {
      return "(hidden)";
    }
  }

  /** A link that counts to an address of before. */
  record WayBack(Link link, Instant changedAt) {}

  private final JdbcClient jdbc;

  EmailChanges(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The address that the account has, which is locked; empty when there is no such account. */
  Optional<String> lockAccount(UUID accountId) {
    return jdbc.sql("SELECT email FROM account WHERE id = :accountId FOR UPDATE")
        .param("accountId", accountId)
        .query((row, _) -> row.getString("email"))
        .optional();
  }

  boolean isTaken(String email) {
    return jdbc.sql(
            """
            SELECT EXISTS (
                     SELECT FROM account WHERE email = :email AND email_verified_at IS NOT NULL)
            """)
        .param("email", email)
        .query(Boolean.class)
        .single();
  }

  /** Adds it in place of an older one of the account; false when this very one is there. */
  boolean replace(Wanted wanted, byte[] tokenSha256) {
    return jdbc.sql(
                """
                INSERT INTO email_change AS c (id, account_id, new_email, token_sha256, ip_address,
                                               device, requested_at, expires_at)
                VALUES (:id, :accountId, :email, :tokenSha256, :ipAddress, :device, :at, :expiresAt)
                ON CONFLICT (account_id) DO UPDATE
                   SET id = excluded.id, new_email = excluded.new_email,
                       token_sha256 = excluded.token_sha256, ip_address = excluded.ip_address,
                       device = excluded.device, requested_at = excluded.requested_at,
                       expires_at = excluded.expires_at
                 WHERE c.id <> excluded.id
                """)
            .param("id", wanted.id())
            .param("accountId", wanted.accountId())
            .param("email", wanted.email())
            .param("tokenSha256", tokenSha256)
            .param("ipAddress", wanted.origin().ipAddress())
            .param("device", wanted.origin().device())
            .param("at", Parameters.instant(wanted.at()))
            .param("expiresAt", Parameters.instant(wanted.expiresAt()))
            .update()
        == 1;
  }

  Optional<Link> findChange(byte[] tokenSha256, Instant now) {
    return jdbc.sql(
            """
            SELECT account_id, new_email AS email FROM email_change
             WHERE token_sha256 = :tokenSha256 AND expires_at > :now
            """)
        .param("tokenSha256", tokenSha256)
        .param("now", Parameters.instant(now))
        .query((row, _) -> new Link(Columns.uuid(row, "account_id"), row.getString("email")))
        .optional();
  }

  Optional<WayBack> findRevert(byte[] tokenSha256, Instant now) {
    return jdbc.sql(
            """
            SELECT r.account_id, r.old_email AS email, r.changed_at
              FROM email_revert r
              JOIN account a ON a.id = r.account_id
             WHERE r.token_sha256 = :tokenSha256 AND r.expires_at > :now
               AND a.password_hash <> :disabledHash
            """)
        .param("tokenSha256", tokenSha256)
        .param("disabledHash", PasswordHashing.UNMATCHABLE_HASH)
        .param("now", Parameters.instant(now))
        .query((row, _) ->
            new WayBack(
                new Link(Columns.uuid(row, "account_id"), row.getString("email")),
                Columns.instant(row, "changed_at")))
        .optional();
  }

  /** Uses the link up; false when somebody else has. */
  boolean consumeChange(byte[] tokenSha256) {
    return jdbc.sql("DELETE FROM email_change WHERE token_sha256 = :tokenSha256")
            .param("tokenSha256", tokenSha256)
            .update()
        == 1;
  }

  /**
   * Uses up the link, and those of its account that were sent later: they lead to addresses that it
   * undoes. Earlier ones go on, because they lead further back: so whoever changes an address twice
   * does not take the way back from who had it first. False when somebody has used it.
   */
  boolean consumeReverts(byte[] tokenSha256) {
    return jdbc.sql(
                """
                WITH used AS (
                  SELECT account_id, changed_at, id FROM email_revert
                   WHERE token_sha256 = :tokenSha256
                )
                DELETE FROM email_revert AS r
                 USING used
                 WHERE r.account_id = used.account_id
                   AND (r.changed_at, r.id) >= (used.changed_at, used.id)
                """)
            .param("tokenSha256", tokenSha256)
            .update()
        > 0;
  }

  void addRevert(UUID id, Link link, byte[] tokenSha256, Instant now, Instant expiresAt) {
    jdbc.sql(
            """
            INSERT INTO email_revert (id, account_id, old_email, token_sha256, changed_at, expires_at)
            VALUES (:id, :accountId, :email, :tokenSha256, :now, :expiresAt)
            """)
        .param("id", id)
        .param("accountId", link.accountId())
        .param("email", link.email())
        .param("tokenSha256", tokenSha256)
        .param("now", Parameters.instant(now))
        .param("expiresAt", Parameters.instant(expiresAt))
        .update();
  }

  /** What the account has asked for and not confirmed counts no more. */
  void removeWantedOf(UUID accountId) {
    jdbc.sql("DELETE FROM email_change WHERE account_id = :accountId")
        .param("accountId", accountId)
        .update();
  }

  /** Removes one batch of those whose link no longer counts; returns how many. */
  int removeExpired(Instant now, int batchRows) {
    return removeExpired("email_change", now, batchRows)
        + removeExpired("email_revert", now, batchRows);
  }

  private int removeExpired(String table, Instant now, int batchRows) {
    return jdbc.sql(
            """
            DELETE FROM %1$s
             WHERE id IN (SELECT id FROM %1$s WHERE expires_at <= :now
                           LIMIT :batchRows FOR UPDATE SKIP LOCKED)
            """
                .formatted(table))
        .param("now", Parameters.instant(now))
        .param("batchRows", batchRows)
        .update();
  }
}
