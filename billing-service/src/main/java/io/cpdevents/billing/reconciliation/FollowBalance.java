package io.cpdevents.billing.reconciliation;

import io.cpdevents.billing.ledger.BalanceTransactions;
import io.cpdevents.billing.ledger.BreakKind;
import io.cpdevents.billing.payments.SettlePaymentIntent;
import io.cpdevents.billing.refunds.SettleRefund;
import io.cpdevents.billing.stripe.StripeApi;
import io.cpdevents.billing.stripe.StripeBalanceTransaction;
import io.cpdevents.billing.stripe.StripeRefused;
import io.cpdevents.billing.stripe.StripeUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Stripe's balance is read from behind: what moved it and is not in the ledger is settled by its
 * cause, or goes to suspense with a break. The safety net behind webhooks and checks.
 */
@Component
public class FollowBalance {

  private static final Logger LOG = LoggerFactory.getLogger(FollowBalance.class);

  /** Stripe lists by creation, which is not the order in which things become visible. */
  private static final Duration OVERLAP = Duration.ofDays(2);

  /** Webhooks come first. */
  private static final Duration AGE_LEAST = Duration.ofMinutes(2);

  private static final int PAGE_ROWS = 100;
  private static final int PAGES_MOST = 500;

  private final StripeApi stripe;
  private final BalanceTransactions balanceTransactions;
  private final SettlePaymentIntent settlePaymentIntent;
  private final SettleRefund settleRefund;
  private final TransactionTemplate transaction;
  private final Clock clock;

  FollowBalance(
      StripeApi stripe,
      BalanceTransactions balanceTransactions,
      SettlePaymentIntent settlePaymentIntent,
      SettleRefund settleRefund,
      TransactionTemplate transaction,
      Clock clock) {
    this.stripe = stripe;
    this.balanceTransactions = balanceTransactions;
    this.settlePaymentIntent = settlePaymentIntent;
    this.settleRefund = settleRefund;
    this.transaction = transaction;
    this.clock = clock;
  }

  /** Reads what is new since the newest that is booked, with an overlap. */
  public void handle() {
    Instant from =
        balanceTransactions.newest().map(newest -> newest.minus(OVERLAP)).orElse(Instant.EPOCH);
    String after = null;
    for (int page = 0; page < PAGES_MOST; page++) {
      List<StripeBalanceTransaction> found = read(from, after);
      if (found.isEmpty()) {
        return;
      }
      settleMissing(found);
      after = found.getLast().id();
    }
    LOG.warn("Stripe's balance has more than {} pages since {}", PAGES_MOST, from);
  }

  private List<StripeBalanceTransaction> read(Instant from, @Nullable String after) {
    try {
      return stripe.balanceTransactions(from, after, PAGE_ROWS);
    } catch (StripeUnavailable unavailable) {
      LOG.warn("Stripe's balance cannot be followed now: {}", unavailable.getMessage());
      return List.of();
    }
  }

  private void settleMissing(List<StripeBalanceTransaction> found) {
    Instant youngest = clock.instant().minus(AGE_LEAST);
    Set<String> missing =
        new HashSet<>(
            balanceTransactions.notBooked(
                found.stream().map(StripeBalanceTransaction::id).toList()));
    for (StripeBalanceTransaction each : found) {
      if (missing.contains(each.id()) && each.createdAt().isBefore(youngest)) {
        settle(each);
      }
    }
  }

  private void settle(StripeBalanceTransaction missing) {
    try {
      settleCause(missing);
    } catch (StripeUnavailable | StripeRefused e) {
      LOG.warn("{} could not be settled: {}", missing.id(), e.getMessage());
      return;
    }
    if (!balanceTransactions.notBooked(List.of(missing.id())).isEmpty()) {
      transaction.executeWithoutResult(status ->
          balanceTransactions.bookUnexplained(missing, BreakKind.UNEXPLAINED_BALANCE_TRANSACTION));
    }
  }

  private void settleCause(StripeBalanceTransaction missing) {
    String source = missing.source();
    if (source == null) {
      return;
    }
    switch (missing.type()) {
      case "charge", "payment" -> {
        String paymentIntentId = stripe.paymentIntentOfCharge(source);
        if (paymentIntentId != null) {
          settlePaymentIntent.handle(paymentIntentId);
        }
      }
      case "refund", "payment_refund", "refund_failure", "payment_failure_refund" ->
          settleRefund.handle(source);
      default -> {}
    }
  }
}
