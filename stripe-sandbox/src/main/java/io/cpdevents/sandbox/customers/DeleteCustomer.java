package io.cpdevents.sandbox.customers;

import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.ObjectQuery;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.subscriptions.Subscriptions;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Deletes a customer. Only the id is left, their payment methods are detached and their
 * subscriptions canceled.
 */
@Component
class DeleteCustomer {
  /** Stripe allows fewer for a customer. */
  private static final int MAX_METHODS = 500;

  private final StripeObjects objects;
  private final Events events;
  private final Subscriptions subscriptions;

  DeleteCustomer(StripeObjects objects, Events events, Subscriptions subscriptions) {
    this.objects = objects;
    this.events = events;
    this.subscriptions = subscriptions;
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
    subscriptions.cancelAllOf(customer);
    events.record("customer.deleted", customer);
    Customers.strip(customer.body());
    objects.save(customer);
  }
}
