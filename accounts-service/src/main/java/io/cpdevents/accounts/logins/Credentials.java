package io.cpdevents.accounts.logins;

import io.cpdevents.accounts.logins.ProvePassword.Credential;
import io.cpdevents.platform.sql.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about the passwords that attempts are checked against. */
@Component
class Credentials {

  private static final String SELECT =
      """
      SELECT id, email, name, password_hash, email_verified_at IS NOT NULL AS verified
        FROM account
      """;

  private final JdbcClient jdbc;

  Credentials(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Optional<Credential> find(String email) {
    return jdbc.sql(SELECT + "WHERE email = :email")
        .param("email", email)
        .query(Credentials::credential)
        .optional();
  }

  Optional<Credential> of(UUID accountId) {
    return jdbc.sql(SELECT + "WHERE id = :accountId")
        .param("accountId", accountId)
        .query(Credentials::credential)
        .optional();
  }

  /** Stores another hash of the same password, unless the password is another one by now. */
  void replaceHash(Credential checked, String newHash) {
    jdbc.sql(
            """
            UPDATE account SET password_hash = :newHash
             WHERE id = :accountId AND password_hash = :checkedHash
            """)
        .param("accountId", checked.accountId())
        .param("checkedHash", checked.passwordHash())
        .param("newHash", newHash)
        .update();
  }

  private static Credential credential(ResultSet row, int index) throws SQLException {
    return new Credential(
        Columns.uuid(row, "id"),
        row.getString("email"),
        row.getString("name"),
        row.getString("password_hash"),
        row.getBoolean("verified"));
  }
}
