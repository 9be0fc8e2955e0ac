package io.cpdevents.billing.organizations;

import io.cpdevents.billing.ledger.Break;
import io.cpdevents.billing.ledger.BreakKind;
import io.cpdevents.billing.ledger.BreakMoney;
import io.cpdevents.billing.ledger.JournalReferences;
import io.cpdevents.billing.ledger.LockOrganizationBalance;
import io.cpdevents.billing.ledger.Postings;
import io.cpdevents.platform.money.Money;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * What an organization owes the platform: two people say that it has paid, or that it never will.
 */
@Component
class DebtMoney implements BreakMoney {

  private final LockOrganizationBalance lockBalance;
  private final OrganizationFunds organizationFunds;

  DebtMoney(LockOrganizationBalance lockBalance, OrganizationFunds organizationFunds) {
    this.lockBalance = lockBalance;
    this.organizationFunds = organizationFunds;
  }

  @Override
  public Set<BreakKind> kinds() {
    return Set.of(BreakKind.ORGANIZATION_NEGATIVE);
  }

  /** All that it owes now; nothing when it does not any more. */
  @Override
  public Optional<Standing> lock(Break about) {
    UUID organizationId = Funds.Owner.ofBreak(about.stripeId()).organizationId();
    Money debt = lockBalance.handle(organizationId, about.currency()).negate();
    return debt.isPositive()
        ? Optional.of(
            new Standing(
                debt,
                Postings.leavingDebt(organizationId, debt),
                JournalReferences.none(),
                organizationId))
        : Optional.empty();
  }

  @Override
  public void posted(Break about, Standing standing) {
    organizationFunds.forgetDebt(
        Funds.Owner.ofBreak(about.stripeId()).organizationId(), about.currency());
  }
}
