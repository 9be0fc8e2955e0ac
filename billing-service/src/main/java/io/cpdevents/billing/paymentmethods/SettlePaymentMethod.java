package io.cpdevents.billing.paymentmethods;

import org.springframework.stereotype.Component;

/**
 * What became of a card is asked of Stripe, together with the others of its organization: once it
 * is detached, Stripe does not say whose it was.
 */
@Component
public class SettlePaymentMethod {

  private final OrganizationCustomers customers;
  private final PaymentMethods methods;
  private final SettlePaymentMethods settle;

  SettlePaymentMethod(
      OrganizationCustomers customers, PaymentMethods methods, SettlePaymentMethods settle) {
    this.customers = customers;
    this.methods = methods;
    this.settle = settle;
  }

  /**
   * Takes over the cards of whoever has, or had, this one.
   *
   * @return false when nobody of ours has it
   */
  public boolean handle(String methodId) {
    return methods
        .organizationOf(methodId)
        .flatMap(customers::find)
        .map(OrganizationCustomer::stripeId)
        .map(settle::handle)
        .orElse(false);
  }
}
