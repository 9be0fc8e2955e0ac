package io.cpdevents.sandbox.customers;

import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.ObjectQuery;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import java.util.List;
import org.springframework.stereotype.Component;

/** Deletes a customer. Only the id is left, and their payment methods are detached. */
@Component
class DeleteCustomer {
  /** Stripe allows fewer for a customer. */
  private static final int MAX_METHODS = 500;

  private final StripeObjects objects;
  private final Events events;

  DeleteCustomer(StripeObjects objects, Events events) {
    this.objects = objects;
    this.events = events;
  }

  /** Deletes a customer that this transaction has locked. */
  void handle(StripeObject customer) {
    List<StripeObject> methods =
        objects.list(
            ObjectQuery.of(customer.account(), "payment_method").with("customer", customer.id()),
            null,
            null,
            MAX_METHODS);
    for (StripeObject found : methods) {
      StripeObject method = objects.lockExisting("payment_method", found.id());
      method.body().putNull("customer");
      method.inner().put("used", true);
      objects.save(method);
    }
    events.record("customer.deleted", customer);
    Customers.strip(customer.body());
    objects.save(customer);
  }
}
