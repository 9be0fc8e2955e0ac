package io.cpdevents.billing.customers;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A person's address is kept for Stripe's receipt, until the person is erased. */
@Component
public class KeepAddress {

  /**
   * An address.
   *
   * @param version of the person's profile: an older one changes nothing
   */
  public record Command(UUID accountId, long version, String email) {}

  private final JdbcClient jdbc;

  KeepAddress(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Keeps the latest address. */
  @Transactional
  public void handle(Command command) {
    jdbc.sql(
            """
            INSERT INTO account_email (account_id, version, email)
            VALUES (:accountId, :version, :email)
            ON CONFLICT (account_id) DO UPDATE
            SET version = excluded.version, email = excluded.email
            WHERE account_email.version < excluded.version
            """)
        .param("accountId", command.accountId())
        .param("version", command.version())
        .param("email", command.email())
        .update();
  }
}
