package io.cpdevents.billing.refunds;

import io.cpdevents.billing.organizations.PayableMoney.Payable;
import io.cpdevents.platform.money.Money;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who bears a refund, before it is asked for.
 *
 * @param organizationShare what the organization's balance falls by
 * @param platformShare what the platform gives up of its fee
 * @param stripeFeeKept Stripe's fee for the part that goes back: Stripe keeps it, and the platform
 *     bears it; 0 while it is not known
 * @param organizationBalanceAfter what the organization has earned and not been paid out; below
 *     zero: the next payouts are smaller by that
 * @param nextPayout what it does to the next payout; null while that cannot be told
 */
public record RefundPreview(
    Money amount,
    List<RefundView.Line> lines,
    Money organizationShare,
    Money platformShare,
    Money stripeFeeKept,
    Money organizationBalanceAfter,
    @Nullable NextPayout nextPayout) {

  /**
   * What a payout of all that is available would pay now.
   *
   * @param before without the refund
   * @param after with it; the same while all that the refund takes is not released
   * @param releasesAt when that is released, less the refund; null when it is, or the event is not
   *     known
   */
  @Schema(name = "RefundNextPayout")
  public record NextPayout(Money before, Money after, @Nullable Instant releasesAt) {

    /**
     * Of what could be paid out, which may be less than nothing; less than nothing is not paid.
     *
     * @param organizationShare what the organization bears of the refund
     */
    static NextPayout of(Payable payable, Money organizationShare) {
      Money available = payable.available();
      return new NextPayout(
          atLeastNothing(available),
          atLeastNothing(available.minus(payable.fallsBy(organizationShare))),
          payable.releasesAt());
    }

    private static Money atLeastNothing(Money amount) {
      return amount.isNegative() ? Money.zero(amount.currency()) : amount;
    }
  }

  /** The same, with what it does to the next payout. */
  RefundPreview with(@Nullable NextPayout known) {
    return new RefundPreview(
        amount,
        lines,
        organizationShare,
        platformShare,
        stripeFeeKept,
        organizationBalanceAfter,
        known);
  }
}
