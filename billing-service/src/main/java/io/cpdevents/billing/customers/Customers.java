package io.cpdevents.billing.customers;

import io.cpdevents.billing.stripe.StripeApi;
import io.cpdevents.billing.stripe.StripeApi.CustomerRequest;
import io.cpdevents.billing.stripe.StripeRefused;
import io.cpdevents.platform.sql.Parameters;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Buyers as Stripe knows them: one customer for each account. */
@Component
public class Customers {

  private record Known(int attempt, @Nullable String email, @Nullable String stripeId) {}

  private final JdbcClient jdbc;
  private final StripeApi stripe;
  private final Clock clock;

  Customers(JdbcClient jdbc, StripeApi stripe, Clock clock) {
    this.jdbc = jdbc;
    this.stripe = stripe;
    this.clock = clock;
  }

  /**
   * The account's customer at Stripe, made when there is none. What is sent is saved before, so two
   * who ask at once send the same under the same key.
   */
  public String stripeIdOf(UUID accountId) {
    Known known =
        find(accountId)
            .orElseGet(() -> {
              remember(accountId);
              return read(accountId);
            });
    if (known.stripeId() != null) {
      return known.stripeId();
    }
    String stripeId = create(accountId, known);
    jdbc.sql(
            """
            UPDATE stripe_customer SET stripe_customer_id = :stripeId
            WHERE account_id = :accountId AND stripe_customer_id IS NULL
            """)
        .param("stripeId", stripeId)
        .param("accountId", accountId)
        .update();
    return stripeId;
  }

  private String create(UUID accountId, Known known) {
    try {
      return stripe.createCustomer(request(accountId, known));
    } catch (StripeRefused refused) {
      if (known.email() == null) {
        throw refused;
      }
      // Stripe refuses some addresses that we accept, and a customer needs none.
      jdbc.sql(
              """
              UPDATE stripe_customer SET email = NULL, attempt = attempt + 1
              WHERE account_id = :accountId AND attempt = :attempt
              """)
          .param("accountId", accountId)
          .param("attempt", known.attempt())
          .update();
      return stripe.createCustomer(request(accountId, read(accountId)));
    }
  }

  private static CustomerRequest request(UUID accountId, Known known) {
    return new CustomerRequest(
        accountId, known.email(), "customer:%s:%d".formatted(accountId, known.attempt()));
  }

  private void remember(UUID accountId) {
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
        .param("now", Parameters.instant(clock.instant()))
        .update();
  }

  private Known read(UUID accountId) {
    return find(accountId).orElseThrow();
  }

  private Optional<Known> find(UUID accountId) {
    return jdbc.sql(
            """
            SELECT attempt, email, stripe_customer_id FROM stripe_customer
            WHERE account_id = :accountId
            """)
        .param("accountId", accountId)
        .query((row, number) ->
            new Known(
                row.getInt("attempt"), row.getString("email"), row.getString("stripe_customer_id")))
        .optional();
  }
}
