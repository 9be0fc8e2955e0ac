package io.cpdevents.accounts.credentials;

import io.cpdevents.accounts.passwords.PasswordHashing;
import io.cpdevents.accounts.passwords.PasswordOwner;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about password resets, except the query for their mails. */
@Component
class PasswordResets {

  /** Whose link it is. */
  record Owner(UUID accountId, String email, String name) {

    PasswordOwner ofPassword() {
      return new PasswordOwner(email, name);
    }

    @Override
    public String toString() {
      return "(hidden)";
    }
  }

  private final JdbcClient jdbc;

  PasswordResets(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Whose address it is, verified or not; empty when nobody's. */
  Optional<UUID> findAccount(String email) {
    return jdbc.sql("SELECT id FROM account WHERE email = :email")
        .param("email", email)
        .query((row, _) -> Columns.uuid(row, "id"))
        .optional();
  }

  /** Locks a verified account; empty when there is none with this address, or it is disabled. */
  Optional<UUID> lockVerified(String email) {
    return jdbc.sql(
            """
            SELECT id FROM account
             WHERE email = :email AND email_verified_at IS NOT NULL
               AND password_hash <> :disabledHash FOR UPDATE
            """)
        .param("email", email)
        .param("disabledHash", PasswordHashing.UNMATCHABLE_HASH)
        .query((row, _) -> Columns.uuid(row, "id"))
        .optional();
  }

  /** Adds it beside others of the account; false when this very one is there. */
  boolean add(PasswordReset reset, byte[] tokenSha256) {
    return jdbc.sql(
                """
                INSERT INTO password_reset (id, owner_id, token_sha256, ip_address, device,
                                            requested_at, expires_at)
                VALUES (:id, :accountId, :tokenSha256, :ipAddress, :device,
                        :requestedAt, :expiresAt)
                ON CONFLICT (id) DO NOTHING
                """)
            .param("id", reset.id())
            .param("accountId", reset.accountId())
            .param("tokenSha256", tokenSha256)
            .param("ipAddress", reset.origin().ipAddress())
            .param("device", reset.origin().device())
            .param("requestedAt", Parameters.instant(reset.requestedAt()))
            .param("expiresAt", Parameters.instant(reset.expiresAt()))
            .update()
        == 1;
  }

  /** Whose link it is that has this token and still counts. */
  Optional<Owner> ownerOf(byte[] tokenSha256, Instant now) {
    return jdbc.sql(
            """
            SELECT a.id, a.email, a.name
              FROM password_reset r
              JOIN account a ON a.id = r.owner_id
             WHERE r.token_sha256 = :tokenSha256 AND r.expires_at > :now
               AND a.password_hash <> :disabledHash
            """)
        .param("tokenSha256", tokenSha256)
        .param("disabledHash", PasswordHashing.UNMATCHABLE_HASH)
        .param("now", Parameters.instant(now))
        .query((row, _) ->
            new Owner(Columns.uuid(row, "id"), row.getString("email"), row.getString("name")))
        .optional();
  }

  /** Locks the account, which whoever asks for another link locks first as well. */
  void lock(UUID accountId) {
    jdbc.sql("SELECT id FROM account WHERE id = :accountId FOR UPDATE")
        .param("accountId", accountId)
        .query((row, _) -> Columns.uuid(row, "id"))
        .optional();
  }

  /** Uses the link up, and all others of its account; false when it does not count any more. */
  boolean consume(byte[] tokenSha256, Instant now) {
    return jdbc.sql(
                """
                DELETE FROM password_reset
                 WHERE owner_id = (SELECT owner_id FROM password_reset
                                      WHERE token_sha256 = :tokenSha256 AND expires_at > :now)
                """)
            .param("tokenSha256", tokenSha256)
            .param("now", Parameters.instant(now))
            .update()
        > 0;
  }

  /** The account's links do not count any more. */
  void removeOf(UUID accountId) {
    jdbc.sql("DELETE FROM password_reset WHERE owner_id = :accountId")
        .param("accountId", accountId)
        .update();
  }

  /** Removes one batch of those whose link no longer counts; returns how many. */
  int removeExpired(Instant now, int batchRows) {
    return jdbc.sql(
            """
            DELETE FROM password_reset
             WHERE id IN (
                     SELECT id FROM password_reset
                      WHERE expires_at <= :now
                      LIMIT :batchRows FOR UPDATE SKIP LOCKED)
            """)
        .param("now", Parameters.instant(now))
        .param("batchRows", batchRows)
        .update();
  }
}
