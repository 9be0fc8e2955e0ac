package io.cpdevents.sandbox.invoices;

import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.payments.Amounts;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/**
 * The balance of a customer, in minor units: below zero it pays for the next invoices, above zero
 * the next one charges it too.
 */
@Component
class CustomerBalance {
  private static final String BALANCE = "balance";

  private final StripeObjects objects;
  private final Events events;

  CustomerBalance(StripeObjects objects, Events events) {
    this.objects = objects;
    this.events = events;
  }

  /**
   * Shows what a draft will charge with the customer's balance as it is. A negative total is kept
   * in the balance, and so is an amount that is too small for a charge.
   *
   * @return what the balance will be
   */
  static long show(StripeObject invoice, StripeObject customer) {
    long starting = customer.number(BALANCE);
    long wanted = invoice.number("total") + starting;
    boolean chargeable = Amounts.isChargeable(wanted, invoice.requiredText("currency"));
    ObjectNode body = invoice.body();
    body.put("starting_balance", starting);
    body.put("amount_due", chargeable ? wanted : 0);
    body.put("amount_remaining", chargeable ? wanted : 0);
    return chargeable ? 0 : wanted;
  }

  /** Pays with the balance of a locked customer what it can of an invoice. */
  void apply(StripeObject invoice, StripeObject customer) {
    long ending = show(invoice, customer);
    invoice.body().put("ending_balance", ending);
    set(customer, ending);
  }

  /** Takes back what an invoice has changed of its customer's balance. */
  void giveBack(StripeObject invoice) {
    long applied = invoice.number("ending_balance") - invoice.number("starting_balance");
    if (applied != 0) {
      StripeObject customer = objects.lockExisting("customer", invoice.requiredText("customer"));
      set(customer, customer.number(BALANCE) - applied);
    }
  }

  /** Changes the balance of a customer. */
  void add(String customerId, long amount) {
    StripeObject customer = objects.lockExisting("customer", customerId);
    set(customer, customer.number(BALANCE) + amount);
  }

  private void set(StripeObject customer, long balance) {
    if (customer.number(BALANCE) == balance) {
      return;
    }
    ObjectNode before = customer.body().deepCopy();
    customer.body().put(BALANCE, balance);
    objects.save(customer);
    events.recordChange("customer.updated", customer, before);
  }
}
