package io.cpdevents.payout.payoutaccounts;

import java.util.Currency;
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

  /** Whether the organization could be paid in this currency when Stripe told it last. */
  public boolean isReadyFor(UUID organizationId, Currency currency) {
    return accounts
        .find(organizationId)
        .filter(account -> account.isReadyFor(currency))
        .isPresent();
  }
}
