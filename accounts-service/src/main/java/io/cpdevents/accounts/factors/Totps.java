package io.cpdevents.accounts.factors;

import io.cpdevents.accounts.factors.SealingKeys.Sealed;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about authenticator apps. */
@Component
class Totps implements FactorKind {

  /** One, as it is stored. */
  record Stored(UUID id, UUID accountId, Sealed secret) {}

  private final JdbcClient jdbc;

  Totps(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Whose app would show the codes. */
  String emailOf(UUID accountId) {
    return jdbc.sql("SELECT email FROM account WHERE id = :accountId")
        .param("accountId", accountId)
        .query(String.class)
        .single();
  }

  /**
   * Adds one in place of another that nobody has confirmed; false when there is a confirmed one.
   */
  boolean begin(Stored totp, Instant now) {
    return jdbc.sql(
                """
                INSERT INTO totp AS t (id, account_id, secret_sealed, key_id, made_at)
                VALUES (:id, :accountId, :sealed, :keyId, :now)
                ON CONFLICT (account_id) DO UPDATE
                   SET id = excluded.id, secret_sealed = excluded.secret_sealed,
                       key_id = excluded.key_id, made_at = excluded.made_at
                 WHERE t.confirmed_at IS NULL
                """)
            .param("id", totp.id())
            .param("accountId", totp.accountId())
            .param("sealed", totp.secret().bytes())
            .param("keyId", totp.secret().keyId())
            .param("now", Parameters.instant(now))
            .update()
        == 1;
  }

  Optional<Stored> unconfirmed(UUID accountId, Instant madeAfter) {
    return jdbc.sql(
            """
            SELECT id, account_id, secret_sealed, key_id FROM totp
             WHERE account_id = :accountId AND confirmed_at IS NULL AND made_at > :madeAfter
            """)
        .param("accountId", accountId)
        .param("madeAfter", Parameters.instant(madeAfter))
        .query(Totps::stored)
        .optional();
  }

  Optional<Stored> confirmed(UUID accountId) {
    return jdbc.sql(
            """
            SELECT id, account_id, secret_sealed, key_id FROM totp
             WHERE account_id = :accountId AND confirmed_at IS NOT NULL
            """)
        .param("accountId", accountId)
        .query(Totps::stored)
        .optional();
  }

  /** From now on it counts; false when it was confirmed or replaced in the meantime. */
  boolean confirm(UUID id, long step, Instant now) {
    return jdbc.sql(
                """
                UPDATE totp SET confirmed_at = :now, last_step = :step
                 WHERE id = :id AND confirmed_at IS NULL
                """)
            .param("id", id)
            .param("step", step)
            .param("now", Parameters.instant(now))
            .update()
        == 1;
  }

  /** Takes the code of a period, once; false when that one or a later one was taken before. */
  boolean takeStep(UUID id, long step) {
    return jdbc.sql("UPDATE totp SET last_step = :step WHERE id = :id AND last_step < :step")
            .param("id", id)
            .param("step", step)
            .update()
        == 1;
  }

  /** Removes the confirmed one; false when there is none. */
  boolean remove(UUID accountId) {
    return jdbc.sql("DELETE FROM totp WHERE account_id = :accountId AND confirmed_at IS NOT NULL")
            .param("accountId", accountId)
            .update()
        == 1;
  }

  /** One that nobody has confirmed goes as well: it counts not yet, and would. */
  @Override
  public int removeAddedSince(UUID accountId, Instant since) {
    return jdbc.sql(
            """
            WITH removed AS (
              DELETE FROM totp
               WHERE account_id = :accountId AND coalesce(confirmed_at, made_at) >= :since
              RETURNING confirmed_at)
            SELECT count(confirmed_at) FROM removed
            """)
        .param("accountId", accountId)
        .param("since", Parameters.instant(since))
        .query(Integer.class)
        .single();
  }

  int removeUnconfirmed(Instant madeBefore, int batchRows) {
    return jdbc.sql(
            """
            DELETE FROM totp
             WHERE id = ANY (ARRAY(
                     SELECT id FROM totp
                      WHERE confirmed_at IS NULL AND made_at <= :madeBefore
                      LIMIT :batchRows FOR UPDATE SKIP LOCKED))
            """)
        .param("madeBefore", Parameters.instant(madeBefore))
        .param("batchRows", batchRows)
        .update();
  }

  /** Locks one batch of those that are sealed under another key. */
  List<Stored> lockSealedOtherwise(String keyId, int batchRows) {
    return jdbc.sql(
            """
            SELECT id, account_id, secret_sealed, key_id FROM totp
             WHERE key_id <> :keyId
             LIMIT :batchRows FOR UPDATE SKIP LOCKED
            """)
        .param("keyId", keyId)
        .param("batchRows", batchRows)
        .query(Totps::stored)
        .list();
  }

  void reseal(UUID id, Sealed secret) {
    jdbc.sql("UPDATE totp SET secret_sealed = :sealed, key_id = :keyId WHERE id = :id")
        .param("id", id)
        .param("sealed", secret.bytes())
        .param("keyId", secret.keyId())
        .update();
  }

  private static Stored stored(ResultSet row, int index) throws SQLException {
    return new Stored(
        Columns.uuid(row, "id"),
        Columns.uuid(row, "account_id"),
        new Sealed(row.getString("key_id"), row.getBytes("secret_sealed")));
  }
}
