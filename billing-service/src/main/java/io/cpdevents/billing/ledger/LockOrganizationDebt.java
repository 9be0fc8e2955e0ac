package io.cpdevents.billing.ledger;

import io.cpdevents.billing.ledger.LedgerAccount.Kind;
import io.cpdevents.platform.money.Money;
import java.util.Currency;
import java.util.EnumSet;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What an organization owes the platform is fixed until the transaction ends. */
@Component
public class LockOrganizationDebt {

  /**
   * What an organization owes.
   *
   * @param owed negative when it owes nothing
   * @param mayComeBack what is set aside for disputes and on its way in payouts: when one is won,
   *     or the other fails, it is the organization's again, and pays as much of the debt
   */
  public record Debt(Money owed, Money mayComeBack) {

    /** What it owes whatever comes back. */
    public Money certain() {
      return owed.minus(mayComeBack);
    }
  }

  private final GuardedBalances balances;

  LockOrganizationDebt(GuardedBalances balances) {
    this.balances = balances;
  }

  /** Locks it with what may come back. */
  @Transactional(propagation = Propagation.MANDATORY)
  public Debt handle(UUID organizationId, Currency currency) {
    Map<Kind, Money> funds =
        balances.lock(
            organizationId, currency, EnumSet.of(Kind.HELD, Kind.IN_PAYOUT, Kind.ORGANIZATION));
    Money nothing = Money.zero(currency);
    return new Debt(
        funds.getOrDefault(Kind.ORGANIZATION, nothing).negate(),
        funds.getOrDefault(Kind.HELD, nothing).plus(funds.getOrDefault(Kind.IN_PAYOUT, nothing)));
  }
}
