package io.cpdevents.billing.paymentmethods;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about organizations as customers. */
@Component
class OrganizationCustomers {

  private final JdbcClient jdbc;

  OrganizationCustomers(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Adds an organization that is no customer yet; one that is stays as it is. */
  void insert(UUID organizationId) {
    jdbc.sql(
            """
            INSERT INTO organization_customer (organization_id) VALUES (:organizationId)
            ON CONFLICT (organization_id) DO NOTHING
            """)
        .param("organizationId", organizationId)
        .update();
  }

  /** Locks an organization's customer, if it is one, as the answer to a request does. */
  void lock(UUID organizationId) {
    jdbc.sql(
            """
            SELECT organization_id FROM organization_customer
            WHERE organization_id = :organizationId FOR NO KEY UPDATE
            """)
        .param("organizationId", organizationId)
        .query(UUID.class)
        .optional();
  }

  Optional<OrganizationCustomer> find(UUID organizationId) {
    return jdbc.sql(
            """
            SELECT attempt, stripe_customer_id FROM organization_customer
            WHERE organization_id = :organizationId
            """)
        .param("organizationId", organizationId)
        .query((row, _) ->
            new OrganizationCustomer(
                organizationId, row.getInt("attempt"), row.getString("stripe_customer_id")))
        .optional();
  }

  /** Which organization has this id at Stripe. */
  Optional<UUID> organizationOf(String stripeId) {
    return jdbc.sql(
            """
            SELECT organization_id FROM organization_customer WHERE stripe_customer_id = :stripeId
            """)
        .param("stripeId", stripeId)
        .query(UUID.class)
        .optional();
  }

  /** Saves Stripe's id; whoever was first is right, and both have the same. */
  void identify(UUID organizationId, String stripeId) {
    jdbc.sql(
            """
            UPDATE organization_customer SET stripe_customer_id = :stripeId
            WHERE organization_id = :organizationId AND stripe_customer_id IS NULL
            """)
        .param("stripeId", stripeId)
        .param("organizationId", organizationId)
        .update();
  }

  /** Begins the next attempt to make a customer, unless somebody else has. */
  void beginNextAttempt(OrganizationCustomer customer) {
    jdbc.sql(
            """
            UPDATE organization_customer SET attempt = attempt + 1
            WHERE organization_id = :organizationId AND attempt = :attempt
                  AND stripe_customer_id IS NULL
            """)
        .param("organizationId", customer.organizationId())
        .param("attempt", customer.attempt())
        .update();
  }

  /** Of which organization a customer was who is gone. */
  Optional<UUID> formerOrganizationOf(String stripeId) {
    return jdbc.sql(
            "SELECT organization_id FROM former_customer WHERE stripe_customer_id = :stripeId")
        .param("stripeId", stripeId)
        .query(UUID.class)
        .optional();
  }

  /** Begins the next attempt for the organization of a customer who is gone. */
  void forget(String stripeId) {
    jdbc.sql(
            """
            WITH gone AS (
                UPDATE organization_customer SET stripe_customer_id = NULL, attempt = attempt + 1
                WHERE stripe_customer_id = :stripeId RETURNING organization_id)
            INSERT INTO former_customer (stripe_customer_id, organization_id)
            SELECT :stripeId, organization_id FROM gone
            ON CONFLICT (stripe_customer_id) DO NOTHING
            """)
        .param("stripeId", stripeId)
        .update();
  }

  /** Numbers something that Stripe is asked now about the organization's cards, from 1. */
  long nextRequest(UUID organizationId) {
    return jdbc.sql(
            """
            UPDATE organization_customer SET requests = requests + 1
            WHERE organization_id = :organizationId RETURNING requests
            """)
        .param("organizationId", organizationId)
        .query(Long.class)
        .single();
  }

  /**
   * The same, unless the answer to a later request than this one is there.
   *
   * @param request whose answer leads to what is asked
   */
  OptionalLong nextRequestUnlessAnswered(UUID organizationId, long request) {
    return jdbc.sql(
            """
            UPDATE organization_customer SET requests = requests + 1
            WHERE organization_id = :organizationId AND answered_request < :request
            RETURNING requests
            """)
        .param("organizationId", organizationId)
        .param("request", request)
        .query(Long.class)
        .optional()
        .map(OptionalLong::of)
        .orElseGet(OptionalLong::empty);
  }

  /**
   * Locks the organization's cards for the answer to a request.
   *
   * @return false when the answer to a later request is there
   */
  boolean answer(UUID organizationId, long request) {
    return jdbc.sql(
                """
                UPDATE organization_customer SET answered_request = :request
                WHERE organization_id = :organizationId AND answered_request < :request
                """)
            .param("organizationId", organizationId)
            .param("request", request)
            .update()
        == 1;
  }

  /**
   * Notes for a locked customer whether a valid card that should pay is missing.
   *
   * @return false when that was known
   */
  boolean noteMissingCard(UUID organizationId, boolean isMissing) {
    return jdbc.sql(
                """
                UPDATE organization_customer SET card_is_missing = :isMissing
                WHERE organization_id = :organizationId AND card_is_missing <> :isMissing
                """)
            .param("organizationId", organizationId)
            .param("isMissing", isMissing)
            .update()
        == 1;
  }
}
