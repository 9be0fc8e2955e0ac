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
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Follows Stripe's list of balance transactions, as a safety net behind webhooks and checks: what
 * is not in the ledger is settled by its cause, or is posted to suspense with a break. Everything
 * listed is mirrored.
 */
@Component
public class FollowBalance {

  private static final Logger log = LoggerFactory.getLogger(FollowBalance.class);

  /** Stripe lists by creation time, and a transaction may appear later than younger ones. */
  private static final Duration OVERLAP_TIME = Duration.ofDays(2);

  /** Younger transactions are left to the webhooks. */
  private static final Duration MIN_TRANSACTION_AGE = Duration.ofMinutes(2);

  private static final int MAX_PAGE_ROWS = 100;

  /** The most pages that are held in memory at once; a window with more is halved. */
  private static final int MAX_WINDOW_PAGES = 10;

  /** Below this many rows the next window is twice as long. */
  private static final int SMALL_WINDOW_ROWS = 250;

  /** Stripe's creation times are whole seconds: a window of one second cannot be halved. */
  private static final long MIN_WINDOW_SECONDS = 1;

  /** What ids of disputes at Stripe begin with, old and new ones. */
  private static final List<String> DISPUTE_IDS = List.of("dp_", "du_");

  private final OneReconciliation one;
  private final StripeApi stripe;
  private final BalanceProgress progress;
  private final MirrorBalanceTransactions mirror;
  private final BalanceTransactionQueries balanceTransactions;
  private final BookOwnMovement bookOwnMovement;
  private final BookUnexplained bookUnexplained;
  private final SettlePaymentIntent settlePaymentIntent;
  private final SettleRefund settleRefund;
  private final SettleDispute settleDispute;
  private final TransactionTemplate transaction;
  private final Clock clock;

  FollowBalance(
      OneReconciliation one,
      StripeApi stripe,
      BalanceProgress progress,
      MirrorBalanceTransactions mirror,
      BalanceTransactionQueries balanceTransactions,
      BookOwnMovement bookOwnMovement,
      BookUnexplained bookUnexplained,
      SettlePaymentIntent settlePaymentIntent,
      SettleRefund settleRefund,
      SettleDispute settleDispute,
      TransactionTemplate transaction,
      Clock clock,
      MeterRegistry metrics) {
    this.one = one;
    this.stripe = stripe;
    this.progress = progress;
    this.mirror = mirror;
    this.balanceTransactions = balanceTransactions;
    this.bookOwnMovement = bookOwnMovement;
    this.bookUnexplained = bookUnexplained;
    this.settlePaymentIntent = settlePaymentIntent;
    this.settleRefund = settleRefund;
    this.settleDispute = settleDispute;
    this.transaction = transaction;
    this.clock = clock;
    Gauge.builder("cpd.balance.behind", this, FollowBalance::secondsBehind)
        .description("Time since the ledger had every transaction of Stripe's balance")
        .baseUnit("seconds")
        .register(metrics);
  }

  /**
   * Goes on with the pass that was interrupted, or begins the next: from the overlap before the end
   * of the last one until now, oldest first. Progress is saved after each window. Only the end of a
   * pass moves the mark from which the next one begins, and never past what could not be settled.
   * Nothing happens while somebody else reconciles: it comes again soon.
   */
  public void handle() {
    one.alone(this::follow);
  }

  /** The same for one who is alone already. */
  void follow() {
    try {
      follow(progress.underWay().orElseGet(this::begin));
    } catch (StripeUnavailable interrupted) {
      log.warn("Stripe's balance cannot be followed now: {}", interrupted.getMessage());
    }
  }

  private BalanceProgress.Pass begin() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Instant from =
        progress
            .followedUntil()
            .map(until -> earlier(until, now).truncatedTo(ChronoUnit.SECONDS).minus(OVERLAP_TIME))
            .orElse(Instant.EPOCH);
    return new BalanceProgress.Pass(now, from, null);
  }

  private void follow(BalanceProgress.Pass begun) {
    BalanceProgress.Pass pass = begun;
    long windowSeconds = secondsBetween(pass.reached(), pass.beganAt());
    while (!pass.isOver()) {
      Instant until = earlier(pass.reached().plusSeconds(windowSeconds), pass.beganAt());
      windowSeconds = secondsBetween(pass.reached(), until);
      Optional<List<StripeBalanceTransaction>> found = oldestFirst(pass.reached(), until);
      if (found.isEmpty()) {
        windowSeconds = Math.max(MIN_WINDOW_SECONDS, windowSeconds / 2);
        continue;
      }
      mirror.handle(new MirrorBalanceTransactions.Command(pass.reached(), until, found.get()));
      pass = pass.reach(until, settleMissing(found.get()));
      progress.save(pass);
      if (found.get().size() < SMALL_WINDOW_ROWS) {
        windowSeconds *= 2;
      }
    }
    progress.finish(pass);
  }

  /** Everything of a window; empty when that is too much at once. Stripe lists the newest first. */
  private Optional<List<StripeBalanceTransaction>> oldestFirst(Instant from, Instant until) {
    boolean divisible = secondsBetween(from, until) > MIN_WINDOW_SECONDS;
    List<StripeBalanceTransaction> found = new ArrayList<>();
    String after = null;
    for (int page = 0; !divisible || page < MAX_WINDOW_PAGES; page++) {
      StripeApi.BalancePage read = stripe.balanceTransactions(from, until, after, MAX_PAGE_ROWS);
      found.addAll(read.transactions());
      if (!read.more()) {
        return Optional.of(found.reversed());
      }
      after = read.transactions().getLast().id();
    }
    return Optional.empty();
  }

  /** Returns the creation of the oldest that could not be settled, if there is one. */
  private @Nullable Instant settleMissing(List<StripeBalanceTransaction> found) {
    Instant youngest = clock.instant().minus(MIN_TRANSACTION_AGE);
    Set<String> missing =
        new HashSet<>(
            balanceTransactions.notBooked(
                found.stream().map(StripeBalanceTransaction::id).toList()));
    Instant failedAt = null;
    for (StripeBalanceTransaction each : found) {
      boolean due = missing.contains(each.id()) && each.createdAt().isBefore(youngest);
      if (due && !settle(each) && failedAt == null) {
        failedAt = each.createdAt();
      }
    }
    return failedAt;
  }

  /** One that cannot be settled does not keep the others waiting: every pass tries it again. */
  private boolean settle(StripeBalanceTransaction missing) {
    try {
      settleCause(missing);
      if (!balanceTransactions.notBooked(List.of(missing.id())).isEmpty()) {
        transaction.executeWithoutResult(_ -> {
          bookOwnMovement.handle(missing);
          bookUnexplained.handle(
              new BookUnexplained.Command(missing, BreakKind.UNEXPLAINED_BALANCE_TRANSACTION));
        });
      }
      return true;
    } catch (StripeUnavailable | StripeRefused e) {
      log.warn("{} could not be settled: {}", missing.id(), e.getMessage());
    } catch (RuntimeException failure) {
      log.error("{} could not be settled", missing.id(), failure);
    }
    return false;
  }

  private void settleCause(StripeBalanceTransaction missing) {
    String source = missing.source();
    if (source == null) {
      return;
    }
    switch (missing.type()) {
      case "charge", "payment" -> settlePayment(stripe.paymentIntentOfCharge(source));
      case "refund", "payment_refund", "refund_failure", "payment_failure_refund" -> {
        // The charge first, as it may have failed before: a refund needs its payment.
        settlePayment(stripe.refund(source).paymentIntentId());
        settleRefund.handle(source);
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

  private long secondsBehind() {
    Optional<Instant> since =
        progress.followedUntil().or(() -> progress.underWay().map(BalanceProgress.Pass::beganAt));
    return since.map(instant -> secondsBetween(instant, clock.instant())).orElse(0L);
  }

  private static long secondsBetween(Instant from, Instant until) {
    return Duration.between(from, until).toSeconds();
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
