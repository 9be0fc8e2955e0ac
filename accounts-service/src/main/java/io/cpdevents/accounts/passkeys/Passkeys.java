package io.cpdevents.accounts.passkeys;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.accounts.factors.FactorKind;
import io.cpdevents.platform.error.RuleViolation;
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

/** All SQL about passkeys, except the queries that only display them. */
@Component
class Passkeys implements FactorKind {

  /** One, as it is stored. */
  record Stored(
      UUID id, UUID accountId, byte[] credentialId, byte[] publicKeyCose, long signCount) {}

  /** Whose device shows it. */
  record Owner(UUID accountId, String email, String name) {

    @Override
    public String toString() {
      return "(hidden)";
    }
  }

  private final JdbcClient jdbc;

  Passkeys(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Whose device shows it.
   *
   * @throws RuleViolation 404 {@code account-not-found}
   */
  Owner ownerOf(UUID accountId) {
    return jdbc.sql("SELECT id, email, name FROM account WHERE id = :accountId")
        .param("accountId", accountId)
        .query((row, _) ->
            new Owner(Columns.uuid(row, "id"), row.getString("email"), row.getString("name")))
        .optional()
        .orElseThrow(() -> AccountsProblem.ACCOUNT_NOT_FOUND.violation());
  }

  /** What is counted of the account's passkeys stays so until the transaction ends. */
  void lockOwner(UUID accountId) {
    jdbc.sql("SELECT id FROM account WHERE id = :accountId FOR NO KEY UPDATE")
        .param("accountId", accountId)
        .query(UUID.class)
        .optional();
  }

  /** Adds it; false when it is there, whoever has it, or another was added by the same request. */
  boolean add(Stored passkey, String name, Instant now) {
    return jdbc.sql(
                """
                INSERT INTO passkey (id, account_id, credential_id, public_key_cose, sign_count,
                                     name, made_at)
                VALUES (:id, :accountId, :credentialId, :publicKeyCose, :signCount, :name, :now)
                ON CONFLICT DO NOTHING
                """)
            .param("id", passkey.id())
            .param("accountId", passkey.accountId())
            .param("credentialId", passkey.credentialId())
            .param("publicKeyCose", passkey.publicKeyCose())
            .param("signCount", passkey.signCount())
            .param("name", name)
            .param("now", Parameters.instant(now))
            .update()
        == 1;
  }

  Optional<Stored> find(byte[] credentialId) {
    return jdbc.sql(
            """
            SELECT id, account_id, credential_id, public_key_cose, sign_count
              FROM passkey WHERE credential_id = :credentialId
            """)
        .param("credentialId", credentialId)
        .query(Passkeys::stored)
        .optional();
  }

  /** The ids by which devices know them. */
  List<byte[]> credentialIdsOf(UUID accountId) {
    return jdbc.sql("SELECT credential_id FROM passkey WHERE account_id = :accountId")
        .param("accountId", accountId)
        .query((row, _) -> row.getBytes("credential_id"))
        .list();
  }

  /** Notes a use; false when the device's counter has gone back, or the passkey was removed. */
  boolean use(UUID id, long signCount, Instant now) {
    return jdbc.sql(
                """
                UPDATE passkey SET sign_count = :signCount, last_used_at = :now
                 WHERE id = :id AND (sign_count < :signCount OR (sign_count = 0 AND :signCount = 0))
                """)
            .param("id", id)
            .param("signCount", signCount)
            .param("now", Parameters.instant(now))
            .update()
        == 1;
  }

  @Override
  public int removeAddedSince(UUID accountId, Instant since) {
    return jdbc.sql("DELETE FROM passkey WHERE account_id = :accountId AND made_at >= :since")
        .param("accountId", accountId)
        .param("since", Parameters.instant(since))
        .update();
  }

  boolean remove(UUID accountId, UUID id) {
    return jdbc.sql("DELETE FROM passkey WHERE id = :id AND account_id = :accountId")
            .param("id", id)
            .param("accountId", accountId)
            .update()
        == 1;
  }

  private static Stored stored(ResultSet row, int index) throws SQLException {
    return new Stored(
        Columns.uuid(row, "id"),
        Columns.uuid(row, "account_id"),
        row.getBytes("credential_id"),
        row.getBytes("public_key_cose"),
        row.getLong("sign_count"));
  }
}
