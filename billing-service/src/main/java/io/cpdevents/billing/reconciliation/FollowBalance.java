package io.cpdevents.billing.reconciliation;

import io.cpdevents.platform.stripe.StripeUnavailable;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

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

  private static final PassOverBalance.Course COURSE =
      new PassOverBalance.Course(BalanceProgress.PLATFORM, null, OVERLAP_TIME);

  private final OneReconciliation one;
  private final PassOverBalance passOverBalance;
  private final SettleBalance settleBalance;
  private final BalanceProgress progress;
  private final Clock clock;

  FollowBalance(
      OneReconciliation one,
      PassOverBalance passOverBalance,
      SettleBalance settleBalance,
      BalanceProgress progress,
      Clock clock,
      MeterRegistry metrics) {
    this.one = one;
    this.passOverBalance = passOverBalance;
    this.settleBalance = settleBalance;
    this.progress = progress;
    this.clock = clock;
    Gauge.builder("cpd.balance.behind", this, FollowBalance::secondsBehind)
        .description("Time since the ledger had every transaction of Stripe's balance")
        .baseUnit("seconds")
        .register(metrics);
  }

  /**
   * Goes on with the pass that was interrupted, or begins the next: from the overlap before the end
   * of the last one until now. Nothing happens while somebody else reconciles: it comes again soon.
   */
  public void handle() {
    one.alone(this::follow);
  }

  /** The same for one who is alone already. */
  void follow() {
    try {
      passOverBalance.go(COURSE, settleBalance);
    } catch (StripeUnavailable interrupted) {
      log.warn("Stripe's balance cannot be followed now: {}", interrupted.getMessage());
    }
  }

  private long secondsBehind() {
    Optional<Instant> since =
        progress
            .followedUntil(COURSE.list())
            .or(() -> progress.underWay(COURSE.list()).map(BalanceProgress.Pass::beganAt));
    return since.map(instant -> Duration.between(instant, clock.instant()).toSeconds()).orElse(0L);
  }
}
