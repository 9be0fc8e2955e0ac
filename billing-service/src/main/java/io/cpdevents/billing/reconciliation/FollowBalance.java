package io.cpdevents.billing.reconciliation;

import io.cpdevents.billing.charges.SettlePaymentIntent;
import io.cpdevents.billing.ledger.BalanceTransactions;
import io.cpdevents.billing.ledger.BreakKind;
import io.cpdevents.billing.refunds.SettleRefund;
import io.cpdevents.billing.stripe.StripeApi;
import io.cpdevents.billing.stripe.StripeBalanceTransaction;
import io.cpdevents.billing.stripe.StripeRefused;
import io.cpdevents.billing.stripe.StripeUnavailable;
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
 * Stripe's balance is read from behind: what moved it and is not in the ledger is settled by its
 * cause, or goes to suspense with a break. The safety net behind webhooks and checks.
 */
@Component
public class FollowBalance {

  private static final Logger LOG = LoggerFactory.getLogger(FollowBalance.class);

  /** Stripe lists by creation, which is not the order in which things become visible. */
  private static final Duration OVERLAP = Duration.ofDays(2);

  /** Webhooks come first. */
  private static final Duration MIN_AGE = Duration.ofMinutes(2);

  private static final int PAGE_ROWS = 100;

  /** As much as is held in memory at once; a window with more is divided. */
  private static final int MAX_WINDOW_PAGES = 10;

  /** Below this many rows the next window is twice as long. */
  private static final int WINDOW_ROWS_FEW = 250;

  /** Stripe knows the second of a creation: a window of one cannot be divided. */
  private static final long MIN_WINDOW_SECONDS = 1;

  private final StripeApi stripe;
  private final BalanceProgress progress;
  private final BalanceTransactions balanceTransactions;
  private final SettlePaymentIntent settlePaymentIntent;
  private final SettleRefund settleRefund;
  private final TransactionTemplate transaction;
  private final Clock clock;

  FollowBalance(
      StripeApi stripe,
      BalanceProgress progress,
      BalanceTransactions balanceTransactions,
      SettlePaymentIntent settlePaymentIntent,
      SettleRefund settleRefund,
      TransactionTemplate transaction,
      Clock clock,
      MeterRegistry metrics) {
    this.stripe = stripe;
    this.progress = progress;
    this.balanceTransactions = balanceTransactions;
    this.settlePaymentIntent = settlePaymentIntent;
    this.settleRefund = settleRefund;
    this.transaction = transaction;
    this.clock = clock;
    Gauge.builder("cpd.balance.behind", this, FollowBalance::secondsBehind)
        .description("How long ago everything that moved Stripe's balance was in the ledger")
        .baseUnit("seconds")
        .register(metrics);
  }

  /**
   * Goes on with the pass that was cut, or begins the next: from the overlap before the end of the
   * last, oldest first, until now. How far it has come is kept; only its end moves the mark from
   * which the next begins, and never beyond what could not be settled.
   */
  public void handle() {
    try {
      follow(progress.underWay().orElseGet(this::begin));
    } catch (StripeUnavailable cut) {
      LOG.warn("Stripe's balance cannot be followed now: {}", cut.getMessage());
    }
  }

  private BalanceProgress.Pass begin() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Instant from =
        progress
            .followedUntil()
            .map(until -> earlier(until, now).truncatedTo(ChronoUnit.SECONDS).minus(OVERLAP))
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
      pass = pass.reach(until, settleMissing(found.get()));
      progress.save(pass);
      if (found.get().size() < WINDOW_ROWS_FEW) {
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
      StripeApi.BalancePage read = stripe.balanceTransactions(from, until, after, PAGE_ROWS);
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
    Instant youngest = clock.instant().minus(MIN_AGE);
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
        transaction.executeWithoutResult(status ->
            balanceTransactions.bookUnexplained(
                missing, BreakKind.UNEXPLAINED_BALANCE_TRANSACTION));
      }
      return true;
    } catch (StripeUnavailable | StripeRefused e) {
      LOG.warn("{} could not be settled: {}", missing.id(), e.getMessage());
    } catch (RuntimeException failure) {
      LOG.error("{} could not be settled", missing.id(), failure);
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
        // Its charge may have failed before: without it the refund would be one of nothing.
        settlePayment(stripe.refund(source).paymentIntentId());
        settleRefund.handle(source);
      }
      default -> {}
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
