package io.cpdevents.billing.customers;

import io.cpdevents.billing.stripe.StripeApi;
import io.cpdevents.billing.stripe.StripeApi.CustomerRequest;
import io.cpdevents.platform.stripe.StripeFailed;
import io.cpdevents.platform.stripe.StripeRefused;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** A buyer becomes a customer at Stripe, once for each account. */
@Component
public class EnsureCustomer {

  private final Customers customers;
  private final CustomerTasks tasks;
  private final StripeApi stripe;
  private final Clock clock;

  EnsureCustomer(Customers customers, CustomerTasks tasks, StripeApi stripe, Clock clock) {
    this.customers = customers;
    this.tasks = tasks;
    this.stripe = stripe;
    this.clock = clock;
  }

  /**
   * Stripe's id of the account's customer, made when there is none. What is sent is saved before,
   * so two who ask at once send the same under the same key.
   */
  public String handle(UUID accountId) {
    Customer customer =
        customers
            .find(accountId)
            .orElseGet(() -> {
              customers.insert(accountId, clock.instant());
              return required(accountId);
            });
    String known = customer.stripeId();
    if (known != null) {
      return known;
    }
    String stripeId = create(customer);
    customers.identify(accountId, stripeId);
    if (!customers.address(accountId).equals(Optional.ofNullable(required(accountId).email()))) {
      // It has changed while Stripe was asked.
      tasks.tellAddress(accountId, stripeId);
    }
    return stripeId;
  }

  private String create(Customer customer) {
    try {
      return stripe.createCustomer(request(customer));
    } catch (StripeFailed failed) {
      // Stripe may have stored the failure under the key.
      customers.beginNextAttempt(customer);
      throw failed;
    } catch (StripeRefused refused) {
      if (customer.email() == null) {
        throw refused;
      }
      // Stripe refuses some addresses that we accept, and a customer needs none.
      customers.dropEmail(customer);
      return stripe.createCustomer(request(required(customer.accountId())));
    }
  }

  private Customer required(UUID accountId) {
    return customers.find(accountId).orElseThrow();
  }

  private static CustomerRequest request(Customer customer) {
    return new CustomerRequest(customer.accountId(), customer.email(), customer.idempotencyKey());
  }
}
