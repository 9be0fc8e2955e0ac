package io.cpdevents.billing.customers;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A person is erased, and the address with them. */
@Component
public class ForgetAddress {

  private final JdbcClient jdbc;

  ForgetAddress(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Forgets the address of an account. */
  @Transactional
  public void handle(UUID accountId) {
    jdbc.sql("DELETE FROM account_email WHERE account_id = :accountId")
        .param("accountId", accountId)
        .update();
    jdbc.sql("UPDATE stripe_customer SET email = NULL WHERE account_id = :accountId")
        .param("accountId", accountId)
        .update();
  }
}
