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

  /** Stripe's id of an organization; empty when it is none of its customers. */
  public Optional<String> stripeIdOf(UUID organizationId) {
    return customers
        .find(organizationId)
        .flatMap(customer -> Optional.ofNullable(customer.stripeId()));
  }

  /**
   * Locks the cards of an organization until the transaction ends: which one pays does not change.
   */
  public void lockCards(UUID organizationId) {
    customers.lock(organizationId);
  }

  /** Which organization has this id at Stripe. */
  public Optional<UUID> organizationOf(String stripeCustomerId) {
    // Of whoever was deleted there money may still be told.
    return customers
        .organizationOf(stripeCustomerId)
        .or(() -> customers.formerOrganizationOf(stripeCustomerId));
  }
}
