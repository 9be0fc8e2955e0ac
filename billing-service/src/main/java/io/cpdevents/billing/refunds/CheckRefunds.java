package io.cpdevents.billing.refunds;

import io.cpdevents.billing.stripe.StripeRefused;
import io.cpdevents.billing.stripe.StripeUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Sends refunds that are due again, and asks Stripe about those that take too long. */
@Component
public class CheckRefunds {

  /** When a refund that is not settled is looked at first; then at twice the distance each time. */
  static final Duration FIRST_CHECK = Duration.ofSeconds(45);

  private static final Logger LOG = LoggerFactory.getLogger(CheckRefunds.class);
  private static final Duration MAX_INTERVAL = Duration.ofHours(1);
  private static final Duration SEND_AGAIN = Duration.ofMinutes(1);
  private static final int MAX_DOUBLINGS = 10;
  private static final int BATCH_ROWS = 20;

  private final Refunds refunds;
  private final SendRefund sendRefund;
  private final SettleRefund settleRefund;
  private final Clock clock;

  CheckRefunds(Refunds refunds, SendRefund sendRefund, SettleRefund settleRefund, Clock clock) {
    this.refunds = refunds;
    this.sendRefund = sendRefund;
    this.settleRefund = settleRefund;
    this.clock = clock;
  }

  /** Sends what is due. Returns how many. */
  public int sendDue() {
    Instant now = clock.instant();
    List<UUID> due = refunds.due(now, now.plus(SEND_AGAIN), BATCH_ROWS);
    for (UUID refundId : due) {
      attempt("refund " + refundId, () -> sendRefund.handle(refundId));
    }
    return due.size();
  }

  /** Asks about those that are not settled. Returns how many. */
  public int check() {
    List<Refunds.Unsettled> due = refunds.unsettled(clock.instant(), BATCH_ROWS);
    for (Refunds.Unsettled unsettled : due) {
      refunds.checkAgain(unsettled, clock.instant().plus(distance(unsettled.checks())));
      attempt(
          "refund " + unsettled.refundId(), () -> settleRefund.handle(unsettled.stripeRefundId()));
    }
    return due.size();
  }

  /** One that cannot be asked about now does not keep the others waiting. */
  private static void attempt(String what, Runnable check) {
    try {
      check.run();
    } catch (StripeUnavailable | StripeRefused e) {
      LOG.warn("Could not ask about {}: {}", what, e.getMessage());
    }
  }

  private static Duration distance(int checks) {
    Duration doubled = FIRST_CHECK.multipliedBy(1L << Math.min(checks, MAX_DOUBLINGS));
    return doubled.compareTo(MAX_INTERVAL) < 0 ? doubled : MAX_INTERVAL;
  }
}
