package io.cpdevents.billing.stripe;

import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.stripe.StripeRefused;
import io.cpdevents.platform.stripe.StripeUnavailable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /**
   * What a balance holds.
   *
   * @param amounts pending and available together, in each currency
   * @param answeredAt when Stripe has said so, by its own clock; whole seconds
   */
  record Balance(List<Money> amounts, Instant answeredAt) {}

  /** What Stripe is told about a buyer. */
  record CustomerRequest(UUID accountId, @Nullable String email, String idempotencyKey) {}

  /** Tickets of one type: a line of the payment page at Stripe. */
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

  /**
   * One attempt to give money back.
   *
   * @param instructionsEmail where Stripe asks the buyer for a destination, if the way of paying
   *     takes none back; the same each time that the key is used
   */
  record RefundRequest(
      UUID refundId,
      UUID paymentId,
      int attempt,
      String paymentIntentId,
      long amountMinor,
      @Nullable String instructionsEmail,
      String idempotencyKey) {}

  /**
   * Evidence in a dispute.
   *
   * @param evidence texts, and the ids of files at Stripe, by Stripe's field names; an empty text
   *     clears the field
   * @param submit true: Stripe sends it to the bank, which is final; false: Stripe keeps it as a
   *     draft
   */
  record EvidenceRequest(
      String disputeId, Map<String, String> evidence, boolean submit, String idempotencyKey) {}

  /**
   * A file to be used as evidence.
   *
   * @param name the file name with its extension
   */
  record FileRequest(String name, byte[] content, String idempotencyKey) {}

  /**
   * A page of balance transactions.
   *
   * @param more whether older ones follow; if so, this page is not empty
   */
  record BalancePage(List<StripeBalanceTransaction> transactions, boolean more) {}

  /**
   * A page of events.
   *
   * @param more whether older ones follow; if so, this page is not empty
   */
  record EventPage(List<StripeEvent> events, boolean more) {}

  /** Makes a customer and returns its id. */
  String createCustomer(CustomerRequest request);

  /** Whether the customer exists and has not been deleted. */
  boolean hasCustomer(String customerId);

  /** Gives a customer another address; null for none. */
  void changeCustomerEmail(String customerId, @Nullable String email);

  /** Deletes a customer; one that is deleted stays so. */
  void deleteCustomer(String customerId);

  /** Makes a page on which the payment can be made by card. */
  StripeCheckoutSession createCheckoutSession(CheckoutRequest request);

  /** The session as it is now. */
  StripeCheckoutSession checkoutSession(String sessionId);

  /** Closes a page. A session that has ended already is returned as it is. */
  StripeCheckoutSession expireCheckoutSession(String sessionId);

  /** The payment intent as it is now, with its charge and the charge's balance transaction. */
  StripePaymentIntent paymentIntent(String paymentIntentId);

  /** The charge's payment intent; null when it was made without one. */
  @Nullable String paymentIntentOfCharge(String chargeId);

  /** Makes a refund. */
  StripeRefund createRefund(RefundRequest request);

  /** The refund as it is now, with its balance transactions. */
  StripeRefund refund(String refundId);

  /**
   * Every refund of a payment intent, newest first, including those made outside of the platform.
   */
  List<StripeRefund> refundsOf(String paymentIntentId);

  /** The dispute as it is now, with its balance transactions. */
  StripeDispute dispute(String disputeId);

  /** Drafts or submits evidence. */
  void giveEvidence(EvidenceRequest request);

  /** Accepts a dispute: the money stays with the buyer. */
  void acceptDispute(String disputeId, String idempotencyKey);

  /** Uploads a file and returns its id. */
  String uploadEvidence(FileRequest request);

  /** The warning as it is now; empty when its charge was made without a payment intent. */
  Optional<StripeFraudWarning> fraudWarning(String warningId);

  /**
   * A page of balance transactions, newest first. Waits for its turn: many pages in a row are read
   * at a rate that leaves Stripe's limit to others.
   *
   * @param account the connected account; null for the platform's own balance
   * @param from the earliest creation time, inclusive; whole seconds
   * @param until the end of the creation times, exclusive; whole seconds
   * @param after the last id of the previous page; null for the first page
   * @param limit at most 100
   */
  BalancePage balanceTransactions(
      @Nullable String account, Instant from, Instant until, @Nullable String after, int limit);

  /**
   * What a balance holds.
   *
   * @param account the connected account; null for the platform's own balance
   */
  Balance balance(@Nullable String account);

  /**
   * A page of the events on the platform's account, newest first. Stripe lists those of the last 30
   * days.
   *
   * @param from the earliest creation time, inclusive; whole seconds
   * @param until the end of the creation times, exclusive; whole seconds
   * @param after the last id of the previous page; null for the first page
   * @param limit at most 100
   */
  EventPage events(Instant from, Instant until, @Nullable String after, int limit);
}
