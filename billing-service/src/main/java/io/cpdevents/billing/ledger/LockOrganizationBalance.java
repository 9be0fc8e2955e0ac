package io.cpdevents.billing.ledger;

import io.cpdevents.billing.ledger.LedgerAccount.Kind;
import io.cpdevents.platform.money.Money;
import java.util.Currency;
import java.util.EnumSet;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What an organization has in the ledger is fixed until the transaction ends, to be set aside. */
@Component
public class LockOrganizationBalance {

  private final GuardedBalances balances;

  LockOrganizationBalance(GuardedBalances balances) {
    this.balances = balances;
  }

  /** What it has earned and not been promised; negative when it owes the platform. */
  @Transactional(propagation = Propagation.MANDATORY)
  public Money handle(UUID organizationId, Currency currency) {
    return balances
        .lock(organizationId, currency, EnumSet.of(Kind.IN_PAYOUT, Kind.ORGANIZATION))
        .getOrDefault(Kind.ORGANIZATION, Money.zero(currency));
  }
}
