package io.cpdevents.billing.paymentmethods;

import io.cpdevents.billing.stripe.StripePaymentMethods;
import io.cpdevents.billing.stripe.StripePaymentMethods.CustomerRequest;
import io.cpdevents.platform.stripe.StripeFailed;
import io.cpdevents.platform.stripe.StripeUnavailable;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** An organization becomes a customer at Stripe, once. */
@Component
public class EnsureOrganizationCustomer {

  private final OrganizationCustomers customers;
  private final StripePaymentMethods stripe;

  EnsureOrganizationCustomer(OrganizationCustomers customers, StripePaymentMethods stripe) {
    this.customers = customers;
    this.stripe = stripe;
  }

  /**
   * Stripe's id of the organization's customer, made when there is none.
   *
   * @throws StripeUnavailable when Stripe cannot be asked now
   */
  public String handle(UUID organizationId) {
    customers.insert(organizationId);
    OrganizationCustomer customer = customers.find(organizationId).orElseThrow();
    String known = customer.stripeId();
    return known == null ? create(customer) : known;
  }

  private String create(OrganizationCustomer customer) {
    try {
      String stripeId =
          stripe.createCustomer(
              new CustomerRequest(customer.organizationId(), customer.idempotencyKey()));
      customers.identify(customer.organizationId(), stripeId);
      return stripeId;
    } catch (StripeFailed failed) {
      // Stripe may have stored the failure under the key.
      customers.beginNextAttempt(customer);
      throw failed;
    }
  }
}
