package io.cpdevents.billing.customers;

import io.cpdevents.platform.sql.Parameters;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about customers and the addresses that they are given. */
@Component
class Customers {

  private final JdbcClient jdbc;

  Customers(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Optional<Customer> find(UUID accountId) {
    return jdbc.sql(
            """
            SELECT attempt, email, stripe_customer_id FROM stripe_customer
            WHERE account_id = :accountId
            """)
        .param("accountId", accountId)
        .query((row, _) ->
            new Customer(
                accountId,
                row.getInt("attempt"),
                row.getString("email"),
                row.getString("stripe_customer_id")))
        .optional();
  }

  /** Adds a customer with the address of its account; one that is there stays as it is. */
  void insert(UUID accountId, Instant now) {
    jdbc.sql(
            """
            INSERT INTO stripe_customer (account_id, email, created_at)
            VALUES (
                :accountId,
                (SELECT email FROM account_email WHERE account_id = :accountId),
                :now)
            ON CONFLICT (account_id) DO NOTHING
            """)
        .param("accountId", accountId)
        .param("now", Parameters.instant(now))
        .update();
  }

  /** Saves Stripe's id; whoever was first is right, and both have the same. */
  void identify(UUID accountId, String stripeId) {
    jdbc.sql(
            """
            UPDATE stripe_customer SET stripe_customer_id = :stripeId
            WHERE account_id = :accountId AND stripe_customer_id IS NULL
            """)
        .param("stripeId", stripeId)
        .param("accountId", accountId)
        .update();
  }

  boolean isKnown(String stripeId) {
    return jdbc.sql("SELECT EXISTS (SELECT FROM stripe_customer WHERE stripe_customer_id = :id)")
        .param("id", stripeId)
        .query(Boolean.class)
        .single();
  }

  /** Begins the next attempt for the account of a customer who is gone. */
  void forget(String stripeId) {
    jdbc.sql(
            """
            UPDATE stripe_customer SET stripe_customer_id = NULL, attempt = attempt + 1
            WHERE stripe_customer_id = :id
            """)
        .param("id", stripeId)
        .update();
  }

  /** Begins the next attempt, without an address. */
  void dropEmail(Customer customer) {
    jdbc.sql(
            """
            UPDATE stripe_customer SET email = NULL, attempt = attempt + 1
            WHERE account_id = :accountId AND attempt = :attempt
            """)
        .param("accountId", customer.accountId())
        .param("attempt", customer.attempt())
        .update();
  }

  /** Begins the next attempt. */
  void beginNextAttempt(Customer customer) {
    jdbc.sql(
            """
            UPDATE stripe_customer SET attempt = attempt + 1
            WHERE account_id = :accountId AND attempt = :attempt AND stripe_customer_id IS NULL
            """)
        .param("accountId", customer.accountId())
        .param("attempt", customer.attempt())
        .update();
  }

  /** Keeps an address, unless a later version of it is kept. */
  void keepAddress(UUID accountId, long version, String email) {
    jdbc.sql(
            """
            INSERT INTO account_email (account_id, version, email)
            VALUES (:accountId, :version, :email)
            ON CONFLICT (account_id) DO UPDATE
            SET version = excluded.version, email = excluded.email
            WHERE account_email.version < excluded.version
            """)
        .param("accountId", accountId)
        .param("version", version)
        .param("email", email)
        .update();
  }

  void forgetAddress(UUID accountId) {
    jdbc.sql("DELETE FROM account_email WHERE account_id = :accountId")
        .param("accountId", accountId)
        .update();
    jdbc.sql("UPDATE stripe_customer SET email = NULL WHERE account_id = :accountId")
        .param("accountId", accountId)
        .update();
  }
}
