package io.cpdevents.billing.customers;

import io.cpdevents.billing.stripe.StripeApi;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** A person is erased, so Stripe deletes its customer; what was charged stays there. */
@Component
public class DeleteCustomer {

  private final Customers customers;
  private final StripeApi stripe;

  DeleteCustomer(Customers customers, StripeApi stripe) {
    this.customers = customers;
    this.stripe = stripe;
  }

  /** Has the account's customer deleted, if it has one; doing so twice is no error. */
  public void handle(UUID accountId) {
    customers
        .find(accountId)
        .flatMap(customer -> Optional.ofNullable(customer.stripeId()))
        .ifPresent(stripe::deleteCustomer);
  }
}
