package io.cpdevents.payout.balances;

import io.cpdevents.platform.money.Money;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One posting on an organization's ledger account, as billing made it.
 *
 * @param eventId the event whose end makes the money available; null when there is none
 * @param amount credit positive: what the organization has more; negative: what it has less
 */
public record Entry(
    UUID id,
    UUID organizationId,
    @Nullable UUID eventId,
    LedgerAccount account,
    UUID journalId,
    String journalKind,
    UUID paymentId,
    Money amount,
    Instant occurredAt) {

  /** The journal by which money in payout reaches the organization's bank. */
  static final String PAYOUT_PAID = "payout-paid";

  /** What this entry adds to its account, in minor units; zero for every other account. */
  long amountMinorOn(LedgerAccount ledgerAccount) {
    return account == ledgerAccount ? amount.amountMinor() : 0;
  }

  /** What this entry adds to all that was ever paid out, in minor units. */
  long paidOutMinor() {
    return account == LedgerAccount.IN_PAYOUT && journalKind.equals(PAYOUT_PAID)
        ? Math.negateExact(amount.amountMinor())
        : 0;
  }
}
