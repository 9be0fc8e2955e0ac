package io.cpdevents.accounts.accounts;

import io.cpdevents.accounts.origin.RequestOrigin;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * All SQL about verification mails. A row exists as long as its link counts; using one link removes
 * all rows of its account. Of a used link only its token's SHA-256 and the time are kept, for as
 * long as using it again is answered in the same way.
 */
@Component
class VerificationMails {

  /** What a link asks for, and of whose account. */
  record Key(UUID accountId, String passwordHash) {

    @Override
    public String toString() {
      return "(hidden)";
    }
  }

  private final JdbcClient jdbc;

  VerificationMails(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void add(VerificationMail mail, byte[] tokenSha256) {
    jdbc.sql(
            """
            INSERT INTO verification_mail (id, account_id, token_sha256, name, locale, time_zone,
                                           password_hash, ip_address, device, requested_at,
                                           expires_at)
            VALUES (:id, :accountId, :tokenSha256, :name, :locale, :timeZone,
                    :passwordHash, :ipAddress, :device, :requestedAt, :expiresAt)
            """)
        .param("id", mail.id())
        .param("accountId", mail.accountId())
        .param("tokenSha256", tokenSha256)
        .param("name", mail.proposal().name())
        .param("locale", Parameters.text(mail.proposal().preferences().locale()))
        .param("timeZone", Parameters.text(mail.proposal().preferences().timeZone()))
        .param("passwordHash", mail.proposal().passwordHash())
        .param("ipAddress", mail.origin().ipAddress())
        .param("device", mail.origin().device())
        .param("requestedAt", Parameters.instant(mail.requestedAt()))
        .param("expiresAt", Parameters.instant(mail.expiresAt()))
        .update();
  }

  boolean exists(UUID id) {
    return jdbc.sql("SELECT EXISTS (SELECT FROM verification_mail WHERE id = :id)")
        .param("id", id)
        .query(Boolean.class)
        .single();
  }

  /**
   * The hash of the password with which the link with this token is followed: that of its sign-up,
   * which is the account's own once the link was followed. Empty when the link does not count.
   */
  Optional<Key> keyOf(byte[] tokenSha256, Instant now, Instant followedSince) {
    return jdbc.sql(
            """
            SELECT account_id, password_hash FROM verification_mail
             WHERE token_sha256 = :tokenSha256 AND expires_at > :now
            UNION ALL
            SELECT a.id, a.password_hash
              FROM followed_verification_link l
              JOIN account a ON a.id = l.account_id
             WHERE l.token_sha256 = :tokenSha256 AND l.followed_at > :followedSince
            """)
        .param("tokenSha256", tokenSha256)
        .param("now", Parameters.instant(now))
        .param("followedSince", Parameters.instant(followedSince))
        .query((row, _) -> new Key(Columns.uuid(row, "account_id"), row.getString("password_hash")))
        .optional();
  }

  Optional<UUID> accountOf(byte[] tokenSha256) {
    return jdbc.sql("SELECT account_id FROM verification_mail WHERE token_sha256 = :tokenSha256")
        .param("tokenSha256", tokenSha256)
        .query(UUID.class)
        .optional();
  }

  /**
   * Removes the mail with this token and returns it; of two concurrent calls, one gets it. Records
   * that the link was followed.
   */
  Optional<VerificationMail> consume(byte[] tokenSha256, Instant now) {
    return jdbc.sql(
            """
            WITH consumed AS (
              DELETE FROM verification_mail
               WHERE token_sha256 = :tokenSha256 AND expires_at > :now
              RETURNING id, account_id, name, locale, time_zone, password_hash, ip_address, device,
                        requested_at, expires_at
            ), noted AS (
              INSERT INTO followed_verification_link (token_sha256, account_id, followed_at)
              SELECT :tokenSha256, account_id, :now FROM consumed
            )
            SELECT * FROM consumed
            """)
        .param("tokenSha256", tokenSha256)
        .param("now", Parameters.instant(now))
        .query(VerificationMails::mail)
        .optional();
  }

  /** Whether the link with this token was followed after that time. */
  boolean wasFollowedAfter(byte[] tokenSha256, Instant time) {
    return jdbc.sql(
            """
            SELECT EXISTS (
                     SELECT FROM followed_verification_link
                      WHERE token_sha256 = :tokenSha256 AND followed_at > :time)
            """)
        .param("tokenSha256", tokenSha256)
        .param("time", Parameters.instant(time))
        .query(Boolean.class)
        .single();
  }

  void removeAllOf(UUID accountId) {
    jdbc.sql("DELETE FROM verification_mail WHERE account_id = :accountId")
        .param("accountId", accountId)
        .update();
  }

  /** Removes one batch of mails whose link no longer counts; returns how many. */
  int removeExpired(Instant now, int batchRows) {
    return jdbc.sql(
            """
            DELETE FROM verification_mail
             WHERE id IN (
                     SELECT id FROM verification_mail
                      WHERE expires_at <= :now
                      LIMIT :batchRows FOR UPDATE SKIP LOCKED)
            """)
        .param("now", Parameters.instant(now))
        .param("batchRows", batchRows)
        .update();
  }

  /** Removes one batch of notes about links that were followed before that time. */
  int removeFollowedBefore(Instant time, int batchRows) {
    return jdbc.sql(
            """
            DELETE FROM followed_verification_link
             WHERE token_sha256 IN (
                     SELECT token_sha256 FROM followed_verification_link
                      WHERE followed_at <= :time
                      LIMIT :batchRows FOR UPDATE SKIP LOCKED)
            """)
        .param("time", Parameters.instant(time))
        .param("batchRows", batchRows)
        .update();
  }

  private static VerificationMail mail(ResultSet row, int index) throws SQLException {
    return new VerificationMail(
        Columns.uuid(row, "id"),
        Columns.uuid(row, "account_id"),
        new Account.Proposal(
            row.getString("name"),
            new Preferences(row.getString("locale"), row.getString("time_zone")),
            row.getString("password_hash")),
        new RequestOrigin(row.getString("ip_address"), row.getString("device")),
        Columns.instant(row, "requested_at"),
        Columns.instant(row, "expires_at"));
  }
}
