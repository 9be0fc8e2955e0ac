package io.cpdevents.billing.refunds;

import io.cpdevents.platform.money.Money;
import java.util.List;

/**
 * Who bears a refund, before it is asked for.
 *
 * @param organizationShare what the organization's balance falls by
 * @param platformShare what the platform gives up of its fee
 * @param stripeFeeKept Stripe's fee for the part that goes back: Stripe keeps it, and the platform
 *     bears it; 0 while it is not known
 * @param organizationBalanceAfter what the organization has earned and not been paid out; below
 *     zero: the next payouts are smaller by that
 */
public record RefundPreview(
    Money amount,
    List<RefundView.Line> lines,
    Money organizationShare,
    Money platformShare,
    Money stripeFeeKept,
    Money organizationBalanceAfter) {}
