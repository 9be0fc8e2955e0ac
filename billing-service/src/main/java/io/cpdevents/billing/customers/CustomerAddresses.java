package io.cpdevents.billing.customers;

import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The addresses by which Stripe writes to buyers. */
@Component
public class CustomerAddresses {

  private final Customers customers;

  CustomerAddresses(Customers customers) {
    this.customers = customers;
  }

  /**
   * The address that the account has now: whoever reads an earlier one is told nothing any more.
   * Empty when Stripe has refused it, or the account was erased.
   */
  public Optional<String> find(UUID accountId) {
    return customers.address(accountId);
  }
}
