package io.cpdevents.billing.invoices;

import io.cpdevents.billing.paymentmethods.OrganizationCustomerQueries;
import io.cpdevents.billing.stripe.StripeInvoice;
import io.cpdevents.billing.stripe.StripeInvoices;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What became of an invoice is asked of Stripe and taken over. Every event about it ends here, so
 * their order and number do not matter.
 */
@Component
public class SettleInvoice {

  private final StripeInvoices stripe;
  private final OrganizationCustomerQueries customers;
  private final Invoices invoices;
  private final List<InvoiceListener> listeners;
  private final TransactionTemplate transaction;

  SettleInvoice(
      StripeInvoices stripe,
      OrganizationCustomerQueries customers,
      Invoices invoices,
      List<InvoiceListener> listeners,
      TransactionTemplate transaction) {
    this.stripe = stripe;
    this.customers = customers;
    this.invoices = invoices;
    this.listeners = listeners;
    this.transaction = transaction;
  }

  /**
   * Takes over the invoice as it is at Stripe now. A draft, which may still change or be deleted,
   * is left alone.
   *
   * @return false when it is of no organization of ours
   */
  public boolean handle(String stripeInvoiceId) {
    long question = invoices.nextQuestion();
    StripeInvoice told = stripe.invoice(stripeInvoiceId).orElse(null);
    if (told == null) {
      return false;
    }
    Optional<UUID> organization =
        Optional.ofNullable(told.customerId()).flatMap(customers::organizationOf);
    if (organization.isPresent() && told.status() != StripeInvoice.Status.DRAFT) {
      Invoice invoice = new Invoice(organization.get(), told);
      transaction.executeWithoutResult(_ -> keep(invoice, question));
    }
    return organization.isPresent();
  }

  private void keep(Invoice invoice, long question) {
    if (invoices.insert(invoice, question)) {
      listeners.forEach(listener -> listener.changed(null, invoice));
      return;
    }
    invoices
        .lockOlder(invoice.told().id(), question)
        .ifPresent(before -> {
          invoices.update(invoice.told(), question);
          listeners.forEach(listener -> listener.changed(before, invoice));
        });
  }
}
