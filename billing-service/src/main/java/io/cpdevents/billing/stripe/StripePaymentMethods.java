package io.cpdevents.billing.stripe;

import io.cpdevents.platform.stripe.StripeRefused;
import io.cpdevents.platform.stripe.StripeUnavailable;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What billing asks of Stripe about the cards of organizations. Never called inside a database
 * transaction.
 *
 * <p>Every method throws {@link StripeUnavailable} when the outcome is not known or Stripe cannot
 * be asked now, and {@link StripeRefused} when Stripe has refused for good. What changes something
 * carries the caller's own persisted idempotency key.
 */
public interface StripePaymentMethods {

  /** An organization that is to become a customer. */
  record CustomerRequest(UUID organizationId, String idempotencyKey) {}

  /**
   * A page on which somebody saves a card for a customer.
   *
   * @param returnUrl where it leads when it is over
   */
  record SetupRequest(String customerId, String returnUrl, String idempotencyKey) {}

  /**
   * An organization as it is at Stripe.
   *
   * @param defaultMethodId the card that pays its invoices; null for none
   */
  record Payer(String customerId, @Nullable String defaultMethodId) {}

  /** Makes a customer and returns its id. */
  String createCustomer(CustomerRequest request);

  /** Makes the page and returns its address. */
  String createSetupPage(SetupRequest request);

  /** The customer as it is now; empty when it was deleted. */
  Optional<Payer> payer(String customerId);

  /** The cards of a customer who is there. */
  List<StripePaymentMethod> methodsOf(String customerId);

  /** Makes a card the one that pays the customer's invoices; null for none. */
  void setDefault(String customerId, @Nullable String methodId, String idempotencyKey);

  /** Makes a card the one that pays the invoices of a subscription; null for the customer's. */
  void setDefaultOfSubscription(
      String subscriptionId, @Nullable String methodId, String idempotencyKey);

  /** Takes a card from its customer, for good. */
  void detach(String methodId, String idempotencyKey);
}
