package io.cpdevents.accounts.accounts;

import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about accounts. */
@Component
class Accounts {

  private static final String SELECT =
      """
      SELECT id, email, name, locale, time_zone, password_hash, email_verified_at, contested,
             version, created_at, changed_at
        FROM account
      """;

  /** Nobody had more names and addresses; whoever plays with them is found by these. */
  private static final int MAX_FORMER_IDENTITIES = 200;

  private final JdbcClient jdbc;

  Accounts(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Adds the account unless its e-mail address is taken; of two concurrent calls with one address,
   * one succeeds.
   */
  boolean addIfEmailIsFree(Account account) {
    return jdbc.sql(
                """
                INSERT INTO account (id, email, name, locale, time_zone, password_hash,
                                     email_verified_at, contested, version, created_at, changed_at)
                VALUES (:id, :email, :name, :locale, :timeZone, :passwordHash,
                        :emailVerifiedAt, :contested, :version, :createdAt, :changedAt)
                ON CONFLICT (email) DO NOTHING
                """)
            .param("createdAt", Parameters.instant(account.createdAt()))
            .params(columnsOf(account))
            .update()
        == 1;
  }

  Optional<Account> find(String email) {
    return jdbc.sql(SELECT + "WHERE email = :email")
        .param("email", email)
        .query(Accounts::account)
        .optional();
  }

  Optional<Account> lockByEmail(String email) {
    return jdbc.sql(SELECT + "WHERE email = :email FOR UPDATE")
        .param("email", email)
        .query(Accounts::account)
        .optional();
  }

  Optional<Account> lock(UUID id) {
    return jdbc.sql(SELECT + "WHERE id = :id FOR UPDATE")
        .param("id", id)
        .query(Accounts::account)
        .optional();
  }

  /**
   * Saves a locked account. What it was called before, and its address, stay known for as long as
   * it is there, because tickets may still say so.
   */
  void save(Account account) {
    int updated =
        jdbc.sql(
                """
                WITH former AS (
                  INSERT INTO former_identity AS f (account_id, email, name, until)
                  SELECT id, email, name, :changedAt FROM account
                   WHERE id = :id AND version = :version - 1 AND email_verified_at IS NOT NULL
                     AND (email <> :email OR name <> :name)
                     AND (SELECT count(*) FROM former_identity WHERE account_id = :id)
                         < :maxFormerIdentities
                  ON CONFLICT (account_id, email, name) DO UPDATE SET until = excluded.until
                )
                UPDATE account
                   SET email = :email, name = :name, locale = :locale, time_zone = :timeZone,
                       password_hash = :passwordHash, email_verified_at = :emailVerifiedAt,
                       contested = :contested, version = :version, changed_at = :changedAt
                 WHERE id = :id AND version = :version - 1
                """)
            .param("maxFormerIdentities", MAX_FORMER_IDENTITIES)
            .params(columnsOf(account))
            .update();
    if (updated != 1) {
      throw new IllegalStateException(account + " was not locked before it was changed");
    }
  }

  /** Removes an account and all that is about it alone; false when it is gone. */
  boolean remove(UUID id) {
    return jdbc.sql("DELETE FROM account WHERE id = :id").param("id", id).update() == 1;
  }

  /** Removes the account that has this address and was never verified; empty when there is none. */
  Optional<UUID> removeUnverified(String email) {
    return jdbc.sql(
            "DELETE FROM account WHERE email = :email AND email_verified_at IS NULL RETURNING id")
        .param("email", email)
        .query((row, _) -> Columns.uuid(row, "id"))
        .optional();
  }

  /**
   * Removes one batch of accounts whose address was never verified and that have no pending
   * verification mail; returns their ids.
   */
  List<UUID> removeUnverified(Instant changedBefore, int batchRows) {
    return jdbc.sql(
            """
            DELETE FROM account
             WHERE id IN (
                     SELECT id FROM account
                      WHERE email_verified_at IS NULL AND changed_at < :changedBefore
                        AND NOT EXISTS (SELECT FROM verification_mail m WHERE m.account_id = account.id)
                      ORDER BY changed_at
                      LIMIT :batchRows FOR UPDATE SKIP LOCKED)
            RETURNING id
            """)
        .param("changedBefore", Parameters.instant(changedBefore))
        .param("batchRows", batchRows)
        .query((row, _) -> Columns.uuid(row, "id"))
        .list();
  }

  private static Map<String, ?> columnsOf(Account account) {
    Map<String, Object> columns = new HashMap<>();
    columns.put("id", account.id());
    columns.put("email", account.email());
    columns.put("name", account.name());
    columns.put("locale", Parameters.text(account.preferences().locale()));
    columns.put("timeZone", Parameters.text(account.preferences().timeZone()));
    columns.put("passwordHash", account.passwordHash());
    columns.put("emailVerifiedAt", Parameters.instant(account.emailVerifiedAt()));
    columns.put("contested", account.contested());
    columns.put("version", account.version());
    columns.put("changedAt", Parameters.instant(account.changedAt()));
    return columns;
  }

  private static Account account(ResultSet row, int index) throws SQLException {
    return new Account(
        Columns.uuid(row, "id"),
        row.getString("email"),
        row.getString("name"),
        new Preferences(row.getString("locale"), row.getString("time_zone")),
        row.getString("password_hash"),
        Columns.instantOrNull(row, "email_verified_at"),
        row.getBoolean("contested"),
        row.getLong("version"),
        Columns.instant(row, "created_at"),
        Columns.instant(row, "changed_at"));
  }
}
