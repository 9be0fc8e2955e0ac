package io.cpdevents.billing.stripe;

import io.cpdevents.platform.stripe.StripeRefused;
import io.cpdevents.platform.stripe.StripeUnavailable;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What billing asks of Stripe about invoices. Never called inside a database transaction.
 *
 * <p>Every method throws {@link StripeUnavailable} when Stripe cannot be asked now, and {@link
 * StripeRefused} when Stripe has refused for good.
 */
public interface StripeInvoices {

  /** The invoice as it is now; empty when it was a draft and is deleted. */
  Optional<StripeInvoice> invoice(String invoiceId);

  /**
   * Charges an open invoice to a card.
   *
   * @throws StripeRefused also when the card is declined, or the invoice is not open
   */
  void pay(String invoiceId, String methodId, String idempotencyKey);

  /** How an invoice is being paid, as Stripe has tried last. */
  sealed interface Collection {
    /** It is paid, or its bank has not answered. */
    record UnderWay() implements Collection {}

    /**
     * Whoever has the card has to authenticate the payment.
     *
     * @param url the page for that
     */
    record NeedsAuthentication(String url) implements Collection {}

    /**
     * It was declined.
     *
     * @param declineCode null when there is no card, or Stripe says none
     */
    record Declined(@Nullable String declineCode) implements Collection {}
  }

  /** How an invoice is being paid. */
  Collection collection(String invoiceId);

  /** Why the last attempt to pay an invoice that is void now was declined; empty when none was. */
  Optional<String> declineOfVoid(String invoiceId);

  /**
   * Makes an open invoice invalid: nobody can pay it any more, and what waited for it is dropped.
   */
  void makeVoid(String invoiceId, String idempotencyKey);

  /** Whether the month that has begun last is still to be charged, or nobody has paid it. */
  boolean isMonthUnpaid(String subscriptionId);

  /** The open invoices of a subscription. */
  List<String> openInvoicesOf(String subscriptionId);

  /** The invoice that a payment intent pays; empty when it pays none. */
  Optional<String> invoiceOfPaymentIntent(String paymentIntentId);
}
