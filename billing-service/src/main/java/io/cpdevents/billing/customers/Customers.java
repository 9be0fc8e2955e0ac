package io.cpdevents.billing.customers;

import io.cpdevents.platform.sql.Parameters;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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

  /** Begins the next attempt, without the address, which Stripe has refused. */
  void dropEmail(Customer customer) {
    jdbc.sql(
            """
            UPDATE stripe_customer
            SET email = NULL, refused_email = email, attempt = attempt + 1
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

  /** Keeps an address; false when a later version of it is kept. */
  boolean keepAddress(UUID accountId, long version, String email) {
    return jdbc.sql(
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
            .update()
        == 1;
  }

  /** Whether the account has an address, taken by Stripe or not. */
  boolean hasAddress(UUID accountId) {
    return jdbc.sql("SELECT EXISTS (SELECT FROM account_email WHERE account_id = :accountId)")
        .param("accountId", accountId)
        .query(Boolean.class)
        .single();
  }

  /** The account's present address, unless Stripe has refused it. */
  Optional<String> address(UUID accountId) {
    return jdbc.sql(
            """
            SELECT a.email FROM account_email a LEFT JOIN stripe_customer c USING (account_id)
            WHERE account_id = :accountId AND c.refused_email IS DISTINCT FROM a.email
            """)
        .param("accountId", accountId)
        .query(String.class)
        .optional();
  }

  /**
   * Saves what Stripe has of a customer who is still the account's.
   *
   * @param email null for none
   */
  void keepEmailAtStripe(UUID accountId, String stripeId, @Nullable String email) {
    jdbc.sql(
            """
            UPDATE stripe_customer SET email = :email
            WHERE account_id = :accountId AND stripe_customer_id = :stripeId
            """)
        .param("email", Parameters.text(email))
        .param("accountId", accountId)
        .param("stripeId", stripeId)
        .update();
  }

  /** Stripe does not take this address of a customer. */
  void refuse(UUID accountId, String email) {
    jdbc.sql(
            """
            UPDATE stripe_customer SET refused_email = :email
            WHERE account_id = :accountId
              AND EXISTS (SELECT FROM account_email WHERE account_id = :accountId)
            """)
        .param("email", email)
        .param("accountId", accountId)
        .update();
  }

  void forgetAddress(UUID accountId) {
    jdbc.sql("DELETE FROM account_email WHERE account_id = :accountId")
        .param("accountId", accountId)
        .update();
    jdbc.sql(
            """
            UPDATE stripe_customer SET email = NULL, refused_email = NULL
            WHERE account_id = :accountId
            """)
        .param("accountId", accountId)
        .update();
  }
}
