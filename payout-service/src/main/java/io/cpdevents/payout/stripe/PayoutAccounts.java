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
   * What a new account is made from.
   *
   * @param country ISO 3166-1 alpha-2; it cannot be changed later
   */
  record NewAccount(
      UUID payoutAccountId, UUID organizationId, String country, String idempotencyKey) {}

  /**
   * A page at Stripe where the organization enters what Stripe requires. The link works once, for a
   * few minutes.
   */
  record OnboardingLink(String url, Instant expiresAt) {}

  /** Makes an account that pays out only when we ask for it. */
  ConnectedAccount create(NewAccount account);

  /**
   * The account that was made for a payout account, if one was.
   *
   * @param createdFrom the earliest creation time to look at
   */
  Optional<ConnectedAccount> find(UUID payoutAccountId, Instant createdFrom);

  /** The account as it is now; empty when it is not connected to us any more. */
  Optional<ConnectedAccount> get(String stripeId);

  /**
   * Makes a link for the organization's people.
   *
   * @param returnUrl where Stripe sends them when they leave the page
   * @param refreshUrl where Stripe sends them when the link has expired or was used
   */
  OnboardingLink onboardingLink(String stripeId, String returnUrl, URI refreshUrl);
}
