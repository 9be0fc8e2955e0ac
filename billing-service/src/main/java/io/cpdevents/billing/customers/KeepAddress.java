package io.cpdevents.billing.customers;

import io.cpdevents.contracts.accounts.ProfileEvent.ProfileChanged;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A person's address is kept for Stripe's receipt, until the person is erased. */
@Component
public class KeepAddress {

  private final JdbcClient jdbc;

  KeepAddress(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Keeps the latest address. */
  @Transactional
  public void handle(ProfileChanged profile) {
    jdbc.sql(
            """
            INSERT INTO account_email (account_id, version, email)
            VALUES (:accountId, :version, :email)
            ON CONFLICT (account_id) DO UPDATE
            SET version = excluded.version, email = excluded.email
            WHERE account_email.version < excluded.version
            """)
        .param("accountId", profile.accountId())
        .param("version", profile.version())
        .param("email", profile.email())
        .update();
  }

  /** Forgets a person who was erased. */
  @Transactional
  public void forget(UUID accountId) {
    jdbc.sql("DELETE FROM account_email WHERE account_id = :accountId")
        .param("accountId", accountId)
        .update();
    jdbc.sql("UPDATE stripe_customer SET email = NULL WHERE account_id = :accountId")
        .param("accountId", accountId)
        .update();
  }
}
