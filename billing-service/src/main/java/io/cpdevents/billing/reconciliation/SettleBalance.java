package io.cpdevents.billing.reconciliation;

import io.cpdevents.billing.charges.SettlePaymentIntent;
import io.cpdevents.billing.disputes.SettleDispute;
import io.cpdevents.billing.ledger.BalanceTransactionQueries;
import io.cpdevents.billing.ledger.BookOwnMovement;
import io.cpdevents.billing.ledger.BookUnexplained;
import io.cpdevents.billing.ledger.BreakKind;
import io.cpdevents.billing.ledger.MirrorBalanceTransactions;
import io.cpdevents.billing.refunds.SettleRefund;
import io.cpdevents.billing.stripe.StripeApi;
import io.cpdevents.billing.stripe.StripeBalanceTransaction;
import io.cpdevents.platform.stripe.StripeRefused;
import io.cpdevents.platform.stripe.StripeUnavailable;
import io.cpdevents.platform.time.SystemTime;
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
 * What Stripe lists of the platform's balance is mirrored; what of it is not in the ledger is
 * settled by its cause, or is posted to suspense with a break.
 */
@Component
class SettleBalance implements PassOverBalance.Reader {

  private static final Logger log = LoggerFactory.getLogger(SettleBalance.class);

  /** Younger transactions are left to the webhooks. */
  private static final Duration MIN_TRANSACTION_AGE = Duration.ofMinutes(2);

  /** After so long people are asked about what could not be settled. */
  private static final Duration MAX_SETTLING_TIME = Duration.ofDays(1);

  private static final int NOT_FOUND = 404;

  /** What ids of refunds at Stripe begin with, those of cards and those of other payments. */
  private static final List<String> REFUND_IDS = List.of("re_", "pyr_");

  /** What ids of disputes at Stripe begin with, old and new ones. */
  private static final List<String> DISPUTE_IDS = List.of("dp_", "du_");

  private final StripeApi stripe;
  private final MirrorBalanceTransactions mirror;
  private final BalanceTransactionQueries balanceTransactions;
  private final BookOwnMovement bookOwnMovement;
  private final BookUnexplained bookUnexplained;
  private final SettlePaymentIntent settlePaymentIntent;
  private final SettleRefund settleRefund;
  private final SettleDispute settleDispute;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final SystemTime systemTime;

  SettleBalance(
      StripeApi stripe,
      MirrorBalanceTransactions mirror,
      BalanceTransactionQueries balanceTransactions,
      BookOwnMovement bookOwnMovement,
      BookUnexplained bookUnexplained,
      SettlePaymentIntent settlePaymentIntent,
      SettleRefund settleRefund,
      SettleDispute settleDispute,
      TransactionTemplate transaction,
      Clock clock,
      SystemTime systemTime) {
    this.stripe = stripe;
    this.mirror = mirror;
    this.balanceTransactions = balanceTransactions;
    this.bookOwnMovement = bookOwnMovement;
    this.bookUnexplained = bookUnexplained;
    this.settlePaymentIntent = settlePaymentIntent;
    this.settleRefund = settleRefund;
    this.settleDispute = settleDispute;
    this.transaction = transaction;
    this.clock = clock;
    this.systemTime = systemTime;
  }

  /** Returns the creation of the oldest that could not be settled, if there is one. */
  @Override
  public @Nullable Instant read(PassOverBalance.Window window) {
    List<StripeBalanceTransaction> found = window.listed();
    mirror.handle(new MirrorBalanceTransactions.Command(window.from(), window.until(), found));
    Instant youngest = clock.instant().minus(MIN_TRANSACTION_AGE);
    List<StripeBalanceTransaction> due =
        notBooked(found).stream().filter(each -> each.createdAt().isBefore(youngest)).toList();
    bookOwnMovements(due);
    Instant failedAt = null;
    for (StripeBalanceTransaction each : notBooked(due)) {
      if (!settle(each) && failedAt == null) {
        failedAt = each.createdAt();
      }
    }
    return failedAt;
  }

  private List<StripeBalanceTransaction> notBooked(List<StripeBalanceTransaction> among) {
    Set<String> missing =
        new HashSet<>(
            balanceTransactions.notBooked(
                among.stream().map(StripeBalanceTransaction::id).toList()));
    return among.stream().filter(each -> missing.contains(each.id())).toList();
  }

  /** Those whose type says all, together; if one of them fails, each is tried alone after that. */
  private void bookOwnMovements(List<StripeBalanceTransaction> due) {
    try {
      transaction.executeWithoutResult(_ -> due.forEach(bookOwnMovement::handle));
    } catch (RuntimeException failure) {
      log.warn("{} movements could not be booked together", due.size(), failure);
    }
  }

  /**
   * One that cannot be settled does not keep the others waiting: every pass tries it again. But a
   * cause that Stripe does not know, or that nothing has come of for a day, is asked of people.
   */
  private boolean settle(StripeBalanceTransaction missing) {
    try {
      if (isCauseSettled(missing) || isTriedForLong(missing)) {
        bookUnlessBooked(missing);
        return true;
      }
    } catch (StripeUnavailable e) {
      log.warn("{} could not be settled: {}", missing.id(), e.getMessage());
    } catch (RuntimeException failure) {
      log.error("{} could not be settled", missing.id(), failure);
    }
    return false;
  }

  /** False when it may go otherwise the next time; Stripe never finds what it does not know. */
  private boolean isCauseSettled(StripeBalanceTransaction missing) {
    try {
      settleCause(missing);
      return true;
    } catch (StripeUnavailable e) {
      throw e;
    } catch (StripeRefused refused) {
      log.warn("{} could not be settled: {}", missing.id(), refused.getMessage());
      return refused.status() == NOT_FOUND;
    } catch (RuntimeException failure) {
      log.error("{} could not be settled", missing.id(), failure);
      return false;
    }
  }

  private boolean isTriedForLong(StripeBalanceTransaction missing) {
    return balanceTransactions.isKnownSince(
        missing.id(), systemTime.now().minus(MAX_SETTLING_TIME));
  }

  private void bookUnlessBooked(StripeBalanceTransaction missing) {
    if (!balanceTransactions.notBooked(List.of(missing.id())).isEmpty()) {
      transaction.executeWithoutResult(_ -> {
        bookOwnMovement.handle(missing);
        bookUnexplained.handle(
            new BookUnexplained.Command(missing, BreakKind.UNEXPLAINED_BALANCE_TRANSACTION));
      });
    }
  }

  private void settleCause(StripeBalanceTransaction missing) {
    String source = missing.source();
    if (source == null) {
      return;
    }
    switch (missing.type()) {
      case "charge", "payment" -> settlePayment(stripe.paymentIntentOfCharge(source));
      case "refund", "payment_refund", "refund_failure", "payment_failure_refund" -> {
        if (REFUND_IDS.stream().anyMatch(source::startsWith)) {
          // The charge first, as it may have failed before: a refund needs its payment.
          settlePayment(stripe.refund(source).paymentIntentId());
          settleRefund.handle(source);
        } else {
          // A payment through a slow bank has failed after all: Stripe names the charge.
          settlePayment(stripe.paymentIntentOfCharge(source));
        }
      }
      case "adjustment" -> {
        if (DISPUTE_IDS.stream().anyMatch(source::startsWith)) {
          settleDispute.handle(source);
        }
      }
      default -> {
        // Stripe's own fees and the platform's bank need no cause; the rest goes to suspense.
      }
    }
  }

  private void settlePayment(@Nullable String paymentIntentId) {
    if (paymentIntentId != null) {
      settlePaymentIntent.handle(paymentIntentId);
    }
  }
}
