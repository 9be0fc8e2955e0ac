package io.cpdevents.billing.refunds;

import io.cpdevents.platform.jobs.BackOff;
import io.cpdevents.platform.stripe.StripeInquiries;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Stripe is asked about refunds whose outcome or balance transaction we have not seen, so that none
 * waits for ever for a message that was lost.
 */
@Component
public class AskAboutUnsettledRefunds {

  /** Stripe's message comes within seconds; when it does not, it is asked less and less often. */
  static final BackOff INTERVALS = new BackOff(Duration.ofSeconds(45), Duration.ofHours(1));

  private static final int MAX_BATCH_ROWS = 20;

  private final Refunds refunds;
  private final SettleRefund settleRefund;
  private final Clock clock;

  AskAboutUnsettledRefunds(Refunds refunds, SettleRefund settleRefund, Clock clock) {
    this.refunds = refunds;
    this.settleRefund = settleRefund;
    this.clock = clock;
  }

  /** Asks about a batch. Returns how many it had. */
  public int handle() {
    List<Refunds.Unsettled> due = refunds.unsettled(clock.instant(), MAX_BATCH_ROWS);
    for (Refunds.Unsettled attempt : due) {
      refunds.checkAgain(attempt, clock.instant().plus(INTERVALS.after(attempt.checks() + 1)));
      StripeInquiries.ask(
          "refund " + attempt.refundId(), () -> settleRefund.handle(attempt.stripeRefundId()));
    }
    return due.size();
  }
}
