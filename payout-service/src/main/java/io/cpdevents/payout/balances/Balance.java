package io.cpdevents.payout.balances;

import io.cpdevents.platform.money.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an organization has in one currency. {@code pending + available + reserved + inTransit} is
 * what the platform owes the organization by billing's ledger.
 *
 * @param pending earned by events that are not known, not over, or over for less than the release
 *     days
 * @param available may be paid out now; negative: the organization owes it, and the next payout is
 *     smaller by it
 * @param reserved set aside for open disputes
 * @param inTransit promised in payouts under way
 * @param paidOut what ever reached the organization's bank
 * @param withheld the part of what is available that payouts which failed have left on an account
 *     that is not connected any more: it is not paid out until it is taken back or settled
 * @param nextRelease the next part of what is pending that becomes available; null when no date is
 *     known for any
 */
public record Balance(
    Money pending,
    Money available,
    Money reserved,
    Money inTransit,
    Money paidOut,
    Money withheld,
    @Nullable Release nextRelease) {

  /** A part of what is pending, and when it becomes available if nothing happens to its event. */
  public record Release(Instant at, Money amount) {}
}
