package io.cpdevents.payout.stripe;

import io.cpdevents.platform.stripe.StripeRefused;
import io.cpdevents.platform.stripe.StripeUnavailable;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The accounts at Stripe through which organizations are paid. Never called inside a database
 * transaction.
 *
 * <p>Every method throws {@link StripeUnavailable} when the outcome is not known or Stripe cannot
 * be asked now, and {@link StripeRefused} when Stripe has refused for good.
 */
public interface PayoutAccounts {

  /**
   * An account to make.
   *
   * @param country ISO 3166-1 alpha-2; it cannot be changed later
   */
  record NewAccount(
      UUID payoutAccountId, UUID organizationId, String country, String idempotencyKey) {}

  /** Where somebody completes what Stripe wants to know. It works once and for a few minutes. */
  record OnboardingLink(String url, Instant expiresAt) {}

  /** Makes an account that pays out only when we ask for it. */
  ConnectedAccount create(NewAccount account);

  /**
   * The account that was made for a payout account, if one was.
   *
   * @param createdFrom not before this
   */
  Optional<ConnectedAccount> find(UUID payoutAccountId, Instant createdFrom);

  /** The account as it is now; empty when it is not connected to us any more. */
  Optional<ConnectedAccount> get(String stripeId);

  /**
   * Makes a link for the organization's people.
   *
   * @param returnUrl where the page leads to when they leave it
   * @param refreshUrl where a link leads to that has expired
   */
  OnboardingLink onboardingLink(String stripeId, String returnUrl, URI refreshUrl);
}
