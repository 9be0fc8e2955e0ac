package io.cpdevents.sandbox.balance;

import io.cpdevents.sandbox.SandboxSettings;
import io.cpdevents.sandbox.objects.StripeIds;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.time.PlannedSteps;
import io.cpdevents.sandbox.time.SandboxClock;
import java.time.Duration;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Makes balance transactions: nothing else changes a balance. */
@Component
public class BalanceTransactions {
  private static final long FEE_PER_MILLE = 29;
  private static final long FEE_FIXED_MINOR = 30;
  private static final long DAY_SECONDS = Duration.ofDays(1).toSeconds();

  private final StripeObjects objects;
  private final PlannedSteps steps;
  private final SandboxClock clock;
  private final SandboxSettings settings;

  public BalanceTransactions(
      StripeObjects objects, PlannedSteps steps, SandboxClock clock, SandboxSettings settings) {
    this.objects = objects;
    this.steps = steps;
    this.clock = clock;
    this.settings = settings;
  }

  /** The fee of a payment: 2.9 % and 30 minor units, rounded half up. */
  public static long feeOf(long amountMinor) {
    return (amountMinor * FEE_PER_MILLE + 500) / 1_000 + FEE_FIXED_MINOR;
  }

  /** Adds the amount of a payment less its fee; it becomes available some days later. */
  public StripeObject ofCharge(StripeObject charge) {
    long amount = charge.number("amount");
    // At midnight, because Stripe settles by day.
    long day = clock.epochSecond() / DAY_SECONDS + settings.settlementDays();
    StripeObject transaction =
        of(charge, "charge", "charge", amount, feeOf(amount), day * DAY_SECONDS, "Payment");
    objects.add(transaction);
    steps.planAt(day * DAY_SECONDS, AnnounceAvailable.KIND, charge.account() + "/" + day);
    return transaction;
  }

  /** Subtracts the amount of a refund at once; Stripe keeps the fee of the payment. */
  public StripeObject ofRefund(StripeObject refund) {
    StripeObject transaction =
        of(
            refund,
            "refund",
            "refund",
            -refund.number("amount"),
            0,
            clock.epochSecond(),
            "REFUND FOR PAYMENT");
    objects.add(transaction);
    return transaction;
  }

  /** Adds the amount of a refund that failed. */
  public StripeObject ofRefundFailure(StripeObject refund) {
    StripeObject transaction =
        of(
            refund,
            "refund_failure",
            "refund_failure",
            refund.number("amount"),
            0,
            clock.epochSecond(),
            "REFUND FAILURE");
    objects.add(transaction);
    return transaction;
  }

  private StripeObject of(
      StripeObject source,
      String type,
      String category,
      long amount,
      long fee,
      long availableOn,
      String description) {
    StripeObject transaction =
        StripeObject.shaped(
            source.account(), "balance_transaction", StripeIds.next("txn"), clock.epochSecond());
    ObjectNode body = transaction.body();
    String currency = source.requiredText("currency");
    body.put("amount", amount);
    body.put("currency", currency);
    body.put("fee", fee);
    body.put("net", amount - fee);
    body.put("available_on", availableOn);
    body.put("type", type);
    body.put("reporting_category", category);
    body.put("source", source.id());
    body.put("description", description);
    if (fee != 0) {
      ObjectNode detail = body.withArrayProperty("fee_details").addObject();
      detail.put("amount", fee);
      detail.putNull("application");
      detail.put("currency", currency);
      detail.put("description", "Stripe processing fees");
      detail.put("type", "stripe_fee");
    }
    return transaction;
  }
}
