package io.cpdevents.billing.invoices;

import io.cpdevents.billing.paymentmethods.OrganizationCustomerQueries;
import io.cpdevents.billing.stripe.StripeInvoice;
import io.cpdevents.billing.stripe.StripeInvoices;
import io.cpdevents.platform.stripe.StripeUnavailable;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What became of an invoice is asked of Stripe and taken over. Every event about it ends here, so
 * their order and number do not matter.
 */
@Component
public class SettleInvoice {

  /** As often as something else may have been told about its subscription meanwhile. */
  private static final int MAX_QUESTIONS = 5;

  private final StripeInvoices stripe;
  private final OrganizationCustomerQueries customers;
  private final Invoices invoices;
  private final List<InvoiceListener> listeners;
  private final TransactionTemplate transaction;
  private final Clock clock;

  SettleInvoice(
      StripeInvoices stripe,
      OrganizationCustomerQueries customers,
      Invoices invoices,
      List<InvoiceListener> listeners,
      TransactionTemplate transaction,
      Clock clock) {
    this.stripe = stripe;
    this.customers = customers;
    this.invoices = invoices;
    this.listeners = listeners;
    this.transaction = transaction;
    this.clock = clock;
  }

  /**
   * Takes over the invoice as it is at Stripe now. A draft, which may still change or be deleted,
   * is left alone.
   *
   * @return false when it is of no organization of ours
   */
  public boolean handle(String stripeInvoiceId) {
    for (int asked = 0; asked < MAX_QUESTIONS; asked++) {
      long question = invoices.nextQuestion();
      StripeInvoice told = stripe.invoice(stripeInvoiceId).orElse(null);
      UUID organization =
          Optional.ofNullable(told)
              .map(StripeInvoice::customerId)
              .flatMap(customers::organizationOf)
              // Whoever was deleted at Stripe is nobody's customer any more; its invoices stay.
              .or(() -> invoices.organizationOf(stripeInvoiceId))
              .orElse(null);
      if (told == null || organization == null) {
        return false;
      }
      if (told.status() == StripeInvoice.Status.DRAFT
          || isKept(Invoice.heardOf(organization, told, clock.instant()), question)) {
        return true;
      }
    }
    throw new StripeUnavailable("the same about " + stripeInvoiceId + " twice", null);
  }

  private boolean isKept(Invoice invoice, long question) {
    return Boolean.TRUE.equals(
        transaction.execute(status -> {
          boolean isKept = keep(invoice, question);
          if (!isKept) {
            status.setRollbackOnly();
          }
          return isKept;
        }));
  }

  private boolean keep(Invoice invoice, long question) {
    // Whoever chooses another card at this moment sees the invoice, or is seen by it.
    customers.lockCards(invoice.organizationId());
    if (invoices.insert(invoice, question)) {
      return tell(null, invoice, question);
    }
    Invoice before = invoices.lockOlder(invoice.told().id(), question).orElse(null);
    if (before == null) {
      return true;
    }
    Invoice after = invoice.after(before, clock.instant());
    invoices.update(after, question);
    return tell(before, after, question);
  }

  private boolean tell(@Nullable Invoice before, Invoice after, long question) {
    return listeners.stream().allMatch(listener -> listener.changed(before, after, question));
  }
}
