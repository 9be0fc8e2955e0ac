package io.cpdevents.payout.balances;

import io.cpdevents.platform.money.Money;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One posting on an organization's ledger account, as billing made it.
 *
 * @param journalKind the kind of journal that it belongs to, for example {@code payment-captured}
 * @param amount credit positive: what the organization has more; negative: what it has less
 * @param platformFee what the platform earned by the same fact; negative: what it gave back; zero
 *     when it was not told
 */
public record Entry(
    UUID id,
    UUID organizationId,
    LedgerAccount account,
    UUID journalId,
    String journalKind,
    Money amount,
    Money platformFee,
    References references,
    Instant occurredAt) {

  /**
   * What an entry is about; each is null when it is about none.
   *
   * @param eventId the event whose end makes the money available
   */
  public record References(
      @Nullable UUID eventId,
      @Nullable UUID registrationId,
      @Nullable UUID paymentId,
      @Nullable UUID refundId,
      @Nullable UUID disputeId,
      @Nullable UUID payoutId) {}

  /** The journal by which money in payout reaches the organization's bank. */
  private static final String PAYOUT_PAID = "payout-paid";

  /** The journal by which money comes back from the bank. */
  private static final String PAYOUT_RETURNED = "payout-returned";

  /** The journal by which the organization keeps what lies on a former account. */
  private static final String LEFT_MONEY_SETTLED = "left-money-settled";

  /** What this entry adds to an account, in minor units: zero unless it is on that account. */
  long amountMinorOn(LedgerAccount ledgerAccount) {
    return account == ledgerAccount ? amount.amountMinor() : 0;
  }

  /** What this entry adds to all that was ever paid out, in minor units. */
  long paidOutMinor() {
    boolean counts =
        switch (account) {
          case IN_PAYOUT -> journalKind.equals(PAYOUT_PAID);
          case ORGANIZATION ->
              journalKind.equals(PAYOUT_RETURNED) || journalKind.equals(LEFT_MONEY_SETTLED);
          case HELD -> false;
        };
    return counts ? Math.negateExact(amount.amountMinor()) : 0;
  }
}
