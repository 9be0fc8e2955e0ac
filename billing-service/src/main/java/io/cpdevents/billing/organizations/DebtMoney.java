package io.cpdevents.billing.organizations;

import io.cpdevents.billing.ledger.Break;
import io.cpdevents.billing.ledger.BreakKind;
import io.cpdevents.billing.ledger.BreakMoney;
import io.cpdevents.billing.ledger.JournalReferences;
import io.cpdevents.billing.ledger.LedgerAccount;
import io.cpdevents.billing.ledger.LockOrganizationDebt;
import io.cpdevents.billing.ledger.NoteWrittenOff;
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

  private final LockOrganizationDebt lockDebt;
  private final NoteWrittenOff noteWrittenOff;
  private final OrganizationFunds organizationFunds;

  DebtMoney(
      LockOrganizationDebt lockDebt,
      NoteWrittenOff noteWrittenOff,
      OrganizationFunds organizationFunds) {
    this.lockDebt = lockDebt;
    this.noteWrittenOff = noteWrittenOff;
    this.organizationFunds = organizationFunds;
  }

  @Override
  public Set<BreakKind> kinds() {
    return Set.of(BreakKind.ORGANIZATION_NEGATIVE);
  }

  /** All that it owes now; nothing when it does not any more. */
  @Override
  public Optional<Standing> lock(Break about) {
    return standing(about, debt(about).owed());
  }

  /**
   * All of it when it has paid. Written off is only what it owes whatever comes back of disputes,
   * payouts and refunds: the rest would be the organization's a second time.
   */
  @Override
  public Optional<Standing> postable(Break about, Standing standing, LedgerAccount account) {
    return isWriteOff(account)
        ? standing(
            about,
            debt(about)
                .certain()
                .minus(organizationFunds.inRefunds(organizationId(about), about.currency())))
        : Optional.of(standing);
  }

  @Override
  public void posted(Break about, LedgerAccount account, Standing standing) {
    organizationFunds.forgetDebt(organizationId(about), about.currency());
    if (isWriteOff(account)) {
      noteWrittenOff.handle(organizationId(about), standing.amount());
    }
  }

  private static boolean isWriteOff(LedgerAccount account) {
    return account.kind() == LedgerAccount.Kind.WRITE_OFFS;
  }

  private LockOrganizationDebt.Debt debt(Break about) {
    return lockDebt.handle(organizationId(about), about.currency());
  }

  private static Optional<Standing> standing(Break about, Money debt) {
    UUID organizationId = organizationId(about);
    return debt.isPositive()
        ? Optional.of(
            new Standing(
                debt,
                Postings.leavingDebt(organizationId, debt),
                JournalReferences.none(),
                organizationId))
        : Optional.empty();
  }

  private static UUID organizationId(Break about) {
    return Funds.Owner.ofBreak(about.stripeId()).organizationId();
  }
}
