package io.cpdevents.payout.payoutaccounts;

import io.cpdevents.payout.stripe.ConnectedAccount;
import io.cpdevents.payout.stripe.PayoutAccounts;
import io.cpdevents.payout.stripe.PayoutAccounts.NewAccount;
import io.cpdevents.platform.stripe.StripeRefused;
import io.cpdevents.platform.time.SystemTime;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Stripe makes the account that was saved. Whoever does it twice sends the same under the same key,
 * and once Stripe has forgotten the key asks it what became of the account before.
 */
@Component
class OpenPayoutAccount {

  /** How far our clock and the one of Stripe may differ. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(10);

  private final PayoutAccounts stripe;
  private final StoredPayoutAccounts accounts;
  private final LearnAboutPayoutAccount learn;
  private final SystemTime systemTime;

  OpenPayoutAccount(
      PayoutAccounts stripe,
      StoredPayoutAccounts accounts,
      LearnAboutPayoutAccount learn,
      SystemTime systemTime) {
    this.stripe = stripe;
    this.accounts = accounts;
    this.learn = learn;
    this.systemTime = systemTime;
  }

  /**
   * Has the account made.
   *
   * @return the account with Stripe's id
   * @throws StripeRefused when Stripe does not make it; then it can be requested again
   */
  PayoutAccount handle(PayoutAccount account) {
    try {
      return learn.handle(account.id(), Optional.of(made(account)));
    } catch (StripeRefused refused) {
      accounts.removeRefused(account.id());
      throw refused;
    }
  }

  private ConnectedAccount made(PayoutAccount account) {
    Optional<ConnectedAccount> before =
        account.isKeyRemembered(systemTime.now())
            ? Optional.empty()
            : stripe.find(account.id(), account.requestedAt().minus(CLOCK_TOLERANCE));
    return before.orElseGet(() ->
        stripe.create(
            new NewAccount(
                account.id(),
                account.organizationId(),
                account.country(),
                account.idempotencyKey())));
  }
}
