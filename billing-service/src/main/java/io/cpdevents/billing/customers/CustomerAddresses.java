package io.cpdevents.billing.customers;

import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The addresses under which Stripe knows buyers. */
@Component
public class CustomerAddresses {

  private final Customers customers;

  CustomerAddresses(Customers customers) {
    this.customers = customers;
  }

  /**
   * The address that an account's customer was made with, which never changes; empty when Stripe
   * has refused it, or the account was erased.
   */
  public Optional<String> find(UUID accountId) {
    return customers.find(accountId).flatMap(customer -> Optional.ofNullable(customer.email()));
  }
}
