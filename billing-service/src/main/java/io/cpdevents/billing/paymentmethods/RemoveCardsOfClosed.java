package io.cpdevents.billing.paymentmethods;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.platform.error.RuleViolation;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The cards of an organization that is closed are removed: nobody is left who could. */
@Component
public class RemoveCardsOfClosed {

  private final OrganizationCustomers customers;
  private final SettlePaymentMethods settle;
  private final PaymentMethods methods;
  private final RemovePaymentMethod remove;

  RemoveCardsOfClosed(
      OrganizationCustomers customers,
      SettlePaymentMethods settle,
      PaymentMethods methods,
      RemovePaymentMethod remove) {
    this.customers = customers;
    this.settle = settle;
    this.methods = methods;
    this.remove = remove;
  }

  /**
   * Removes all that Stripe has.
   *
   * @throws RuleViolation when it has to be tried again
   */
  public void handle(UUID organizationId) {
    customers
        .find(organizationId)
        .map(OrganizationCustomer::stripeId)
        .ifPresent(customerId -> {
          // One may have been saved of which Stripe's event has not come.
          settle.handle(customerId);
          ids(organizationId).forEach(id -> removeCard(organizationId, id));
        });
  }

  private List<String> ids(UUID organizationId) {
    // The default one last: otherwise others would take its place first.
    return methods.of(organizationId).reversed().stream().map(kept -> kept.method().id()).toList();
  }

  private void removeCard(UUID organizationId, String methodId) {
    try {
      remove.handle(new ChosenPaymentMethod(organizationId, methodId));
    } catch (RuleViolation refused) {
      if (refused.problem() != BillingProblem.PAYMENT_METHOD_NOT_FOUND) {
        throw refused;
      }
    }
  }
}
