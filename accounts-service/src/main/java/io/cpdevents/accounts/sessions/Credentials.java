package io.cpdevents.accounts.sessions;

import io.cpdevents.platform.sql.Columns;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the credentials that an attempt to log in is checked against. */
@Component
class Credentials {

  /** What an account logs in with. */
  record Credential(UUID accountId, String passwordHash, boolean verified) {

    @Override
    public String toString() {
      return "(hidden)";
    }
  }

  private final JdbcClient jdbc;

  Credentials(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Optional<Credential> find(String email) {
    return jdbc.sql(
            """
            SELECT id, password_hash, email_verified_at IS NOT NULL AS verified
              FROM account
             WHERE email = :email
            """)
        .param("email", email)
        .query((row, _) ->
            new Credential(
                Columns.uuid(row, "id"),
                row.getString("password_hash"),
                row.getBoolean("verified")))
        .optional();
  }
}
