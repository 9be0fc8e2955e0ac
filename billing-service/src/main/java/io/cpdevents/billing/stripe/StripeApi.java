package io.cpdevents.billing.stripe;

import io.cpdevents.platform.stripe.StripeRefused;
import io.cpdevents.platform.stripe.StripeUnavailable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What billing asks of Stripe. Never called inside a database transaction.
 *
 * <p>Every method throws {@link StripeUnavailable} when the outcome is not known or Stripe cannot
 * be asked now, and {@link StripeRefused} when Stripe has refused for good. What moves money or
 * creates something carries the caller's own persisted idempotency key.
 */
public interface StripeApi {

  /** What Stripe is told about a buyer. */
  record CustomerRequest(UUID accountId, @Nullable String email, String idempotencyKey) {}

  /** Tickets of one kind, as a buyer reads them on Stripe's page. */
  record CheckoutLine(String ticketTypeName, long tickets, long unitAmountMinor) {}

  /** One attempt to take a payment on Stripe's page. */
  record CheckoutRequest(
      UUID paymentId,
      UUID registrationId,
      int attempt,
      String customerId,
      String description,
      List<CheckoutLine> lines,
      String currency,
      String successUrl,
      String cancelUrl,
      Instant expiresAt,
      String idempotencyKey) {}

  /** One attempt to give money back. */
  record RefundRequest(
      UUID refundId,
      UUID paymentId,
      int attempt,
      String paymentIntentId,
      long amountMinor,
      String idempotencyKey) {}

  /**
   * A part of a list.
   *
   * @param more whether older ones follow; then it is not empty
   */
  record BalancePage(List<StripeBalanceTransaction> transactions, boolean more) {}

  /** Makes a customer and returns its id. */
  String createCustomer(CustomerRequest request);

  /** Makes a page on which the payment can be made by card. */
  StripeCheckoutSession createCheckoutSession(CheckoutRequest request);

  /** The session as it is now. */
  StripeCheckoutSession checkoutSession(String sessionId);

  /** Closes a page. A session that has ended already is returned as it is. */
  StripeCheckoutSession expireCheckoutSession(String sessionId);

  /** The payment intent as it is now, with its charge and that one's balance transaction. */
  StripePaymentIntent paymentIntent(String paymentIntentId);

  /** The charge's payment intent; null when it was made without one. */
  @Nullable String paymentIntentOfCharge(String chargeId);

  /** Gives money back. */
  StripeRefund createRefund(RefundRequest request);

  /** The refund as it is now, with its balance transactions. */
  StripeRefund refund(String refundId);

  /** Every refund of a payment intent, also those that were not ours, newest first. */
  List<StripeRefund> refundsOf(String paymentIntentId);

  /**
   * A page of balance transactions, newest first.
   *
   * @param from the earliest creation, to the second
   * @param until before this they were created, to the second
   * @param after the last id of the page before; null for the first page
   * @param limit at most 100
   */
  BalancePage balanceTransactions(Instant from, Instant until, @Nullable String after, int limit);
}
