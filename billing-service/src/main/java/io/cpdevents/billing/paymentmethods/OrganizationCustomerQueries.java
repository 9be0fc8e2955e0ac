package io.cpdevents.billing.paymentmethods;

import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Organizations as customers, for other features. */
@Component
public class OrganizationCustomerQueries {

  private final OrganizationCustomers customers;

  OrganizationCustomerQueries(OrganizationCustomers customers) {
    this.customers = customers;
  }

  /** Which organization has this id at Stripe. */
  public Optional<UUID> organizationOf(String stripeCustomerId) {
    return customers.organizationOf(stripeCustomerId);
  }
}
