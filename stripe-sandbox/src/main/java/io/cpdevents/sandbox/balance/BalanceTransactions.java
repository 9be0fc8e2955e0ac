package io.cpdevents.sandbox.balance;

import io.cpdevents.sandbox.SandboxSettings;
import io.cpdevents.sandbox.objects.StripeIds;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.time.PlannedSteps;
import io.cpdevents.sandbox.time.SandboxClock;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Makes balance transactions: nothing else changes a balance. */
@Component
public class BalanceTransactions {
  public static final String KIND = "balance_transaction";

  /** Types of balance transactions that are announced when they are available at once. */
  private static final Set<String> INCOME = Set.of("charge", "payment", "topup");

  private static final long FEE_PER_MILLE = 29;
  private static final long FEE_FIXED_MINOR = 30;
  private static final long DAY_SECONDS = Duration.ofDays(1).toSeconds();

  private final StripeObjects objects;
  private final PlannedSteps steps;
  private final SandboxClock clock;
  private final SandboxSettings settings;
  private final ApplicationEventPublisher publisher;

  public BalanceTransactions(
      StripeObjects objects,
      PlannedSteps steps,
      SandboxClock clock,
      SandboxSettings settings,
      ApplicationEventPublisher publisher) {
    this.objects = objects;
    this.steps = steps;
    this.clock = clock;
    this.settings = settings;
    this.publisher = publisher;
  }

  /** The fee of a payment: 2.9 % and 30 minor units, rounded half up. */
  public static long feeOf(long amountMinor) {
    return (amountMinor * FEE_PER_MILLE + 500) / 1_000 + FEE_FIXED_MINOR;
  }

  /**
   * Adds the captured amount of a payment less its fee; it becomes available some days later.
   *
   * @param atOnce whether it is available at once, as with one of the test cards
   */
  public StripeObject ofCharge(StripeObject charge, boolean atOnce) {
    long amount = charge.number("amount_captured");
    return add(
        charge,
        new BalanceEntry(
            isCard(charge.id()) ? "charge" : "payment",
            "charge",
            amount,
            feeOf(amount),
            charge.text("description")),
        atOnce ? clock.epochSecond() : settlementTime());
  }

  /**
   * When the money of a payment that is made now becomes available: at midnight, some days later.
   */
  public long settlementTime() {
    return (clock.epochSecond() / DAY_SECONDS + settings.settlementDays()) * DAY_SECONDS;
  }

  /** Subtracts the amount of a refund at once; Stripe keeps the fee of the payment. */
  public StripeObject ofRefund(StripeObject refund, @Nullable String ofWhat) {
    boolean card = isCard(refund.requiredText("charge"));
    return add(
        refund,
        new BalanceEntry(
            card ? "refund" : "payment_refund",
            "refund",
            -refund.number("amount"),
            0,
            "REFUND FOR " + (card ? "CHARGE" : "PAYMENT") + inParentheses(ofWhat)));
  }

  /** Adds the amount of a refund that failed or was canceled. */
  public StripeObject ofRefundFailure(StripeObject refund) {
    boolean card = isCard(refund.requiredText("charge"));
    return add(
        refund,
        new BalanceEntry(
            card ? "refund_failure" : "payment_failure_refund",
            "refund_failure",
            refund.number("amount"),
            0,
            "REFUND FAILURE"));
  }

  /** Subtracts the amount of a dispute and Stripe's fee for it. */
  public StripeObject ofWithdrawal(StripeObject dispute, long amount, long fee) {
    return add(
        dispute,
        new BalanceEntry(
            "adjustment",
            "dispute",
            -amount,
            fee,
            "Chargeback withdrawal for " + dispute.requiredText("charge")));
  }

  /**
   * Adds the amount of a dispute that is reinstated.
   *
   * @param returnedFee how much of its fee Stripe returns
   */
  public StripeObject ofReinstatement(StripeObject dispute, long amount, long returnedFee) {
    return add(
        dispute,
        new BalanceEntry(
            "adjustment",
            "dispute_reversal",
            amount,
            -returnedFee,
            "Chargeback reversal for " + dispute.requiredText("charge")));
  }

  /** Whether a card was charged: Stripe calls a charge of a bank account a payment. */
  private static boolean isCard(String chargeId) {
    return chargeId.startsWith("ch_");
  }

  private static String inParentheses(@Nullable String text) {
    return text == null ? "" : " (" + text + ")";
  }

  /** Adds a balance transaction that is available at once. */
  public StripeObject add(StripeObject source, BalanceEntry entry) {
    return add(source, entry, clock.epochSecond());
  }

  /** Adds a balance transaction that becomes available at this time. */
  public StripeObject add(StripeObject source, BalanceEntry entry, long availableOn) {
    return add(source.account(), source.requiredText("currency"), source.id(), entry, availableOn);
  }

  /** Adds a balance transaction that has no source and is available at once. */
  public StripeObject addWithoutSource(String account, String currency, BalanceEntry entry) {
    return add(account, currency, null, entry, clock.epochSecond());
  }

  private StripeObject add(
      String account,
      String currency,
      @Nullable String source,
      BalanceEntry entry,
      long availableOn) {
    StripeObject transaction =
        StripeObject.shaped(account, KIND, StripeIds.next("txn"), clock.epochSecond());
    ObjectNode body = transaction.body();
    body.put("amount", entry.amount());
    body.put("currency", currency);
    body.put("fee", entry.fee());
    body.put("net", entry.amount() - entry.fee());
    body.put("available_on", availableOn);
    body.put("type", entry.type());
    body.put("reporting_category", entry.category());
    body.put("source", source);
    body.put("description", entry.description());
    if (entry.fee() != 0) {
      ObjectNode detail = body.withArrayProperty("fee_details").addObject();
      detail.put("amount", entry.fee());
      detail.putNull("application");
      detail.put("currency", currency);
      detail.put(
          "description",
          entry.type().equals("adjustment") ? "Dispute fee" : "Stripe processing fees");
      detail.put("type", "stripe_fee");
    }
    objects.add(transaction);
    publishChange(transaction);
    return transaction;
  }

  private void publishChange(StripeObject transaction) {
    String account = transaction.account();
    long net = transaction.number("net");
    long availableOn = transaction.number("available_on");
    if (net < 0) {
      publisher.publishEvent(new BalanceShrank(account));
    } else if (availableOn > clock.epochSecond()) {
      steps.planAt(availableOn, AnnounceAvailable.KIND, account + "/" + availableOn / DAY_SECONDS);
    } else if (net > 0) {
      publisher.publishEvent(new BalanceGrew(account));
      if (INCOME.contains(transaction.requiredText("type"))) {
        steps.planAfter(Duration.ZERO, AnnounceAvailable.KIND, account + "/" + transaction.id());
      }
    }
  }
}
