package io.cpdevents.payout.payoutaccounts;

import io.cpdevents.payout.stripe.PayoutAccounts;
import io.cpdevents.platform.stripe.StripeUnavailable;
import java.util.Currency;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Right before money is sent, Stripe is asked once more whether the organization can be paid. */
@Component
public class AskReadiness {

  private final StoredPayoutAccounts accounts;
  private final LearnAboutPayoutAccount learn;
  private final PayoutAccounts stripe;

  AskReadiness(
      StoredPayoutAccounts accounts, LearnAboutPayoutAccount learn, PayoutAccounts stripe) {
    this.accounts = accounts;
    this.learn = learn;
    this.stripe = stripe;
  }

  /**
   * Asks, and takes over what Stripe tells.
   *
   * @return Stripe's id of the account, if the organization can be paid in this currency now
   * @throws StripeUnavailable when Stripe cannot be asked
   */
  public Optional<String> handle(UUID organizationId, Currency currency) {
    return accounts
        .find(organizationId)
        .flatMap(account -> Optional.ofNullable(account.stripeId()).map(id -> asked(account, id)))
        .filter(account -> account.isReadyFor(currency))
        .map(PayoutAccount::stripeId);
  }

  private PayoutAccount asked(PayoutAccount account, String stripeId) {
    return learn.handle(account.id(), stripe.get(stripeId));
  }
}
