package io.cpdevents.payout.payoutaccounts;

import java.util.Currency;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The read side of payout accounts. */
@Component
public class PayoutAccountQueries {

  private final StoredPayoutAccounts accounts;

  PayoutAccountQueries(StoredPayoutAccounts accounts) {
    this.accounts = accounts;
  }

  /** The organization's account as Stripe told it last. */
  public PayoutAccountView accountOf(UUID organizationId) {
    return accounts
        .find(organizationId)
        .map(PayoutAccountView::of)
        .orElseGet(PayoutAccountView::ofNobody);
  }

  /**
   * Stripe's id of the organization's account, if it could be paid in this currency when Stripe
   * told it last.
   */
  public Optional<String> readyAccountId(UUID organizationId, Currency currency) {
    return accounts
        .find(organizationId)
        .filter(account -> account.isReadyFor(currency))
        .map(PayoutAccount::stripeId);
  }

  /** Whether this is the account through which the organization is paid now. */
  public boolean isConnected(UUID organizationId, String stripeId) {
    return accounts
        .find(organizationId)
        .filter(account -> stripeId.equals(account.stripeId()))
        .isPresent();
  }
}
