package io.cpdevents.billing.refunds;

import io.cpdevents.billing.settlements.SettleUnknown;
import io.cpdevents.billing.settlements.SettlementKind;
import io.cpdevents.billing.settlements.StripeLookup;
import io.cpdevents.billing.settlements.TrySettleUnknown;
import io.cpdevents.platform.jobs.BackOff;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Asks Stripe about refunds whose outcome or balance transaction we have not seen, so that none
 * waits forever for a webhook that was lost.
 */
@Component
public class AskAboutUnsettledRefunds implements StripeLookup {

  /**
   * Stripe's webhook usually comes within seconds; when it does not, we ask at growing intervals.
   */
  static final BackOff INTERVALS = new BackOff(Duration.ofSeconds(45), Duration.ofHours(1));

  private static final int MAX_BATCH_ROWS = 20;

  private final Refunds refunds;
  private final SettleRefund settleRefund;
  private final SendRefund sendRefund;
  private final TrySettleUnknown trySettleUnknown;
  private final Clock clock;

  AskAboutUnsettledRefunds(
      Refunds refunds,
      SettleRefund settleRefund,
      SendRefund sendRefund,
      TrySettleUnknown trySettleUnknown,
      Clock clock) {
    this.refunds = refunds;
    this.settleRefund = settleRefund;
    this.sendRefund = sendRefund;
    this.trySettleUnknown = trySettleUnknown;
    this.clock = clock;
  }

  /** Asks about a batch; returns its size. */
  public int handle() {
    List<Refunds.Unsettled> due = refunds.unsettled(clock.instant(), MAX_BATCH_ROWS);
    for (Refunds.Unsettled attempt : due) {
      refunds.checkAgain(attempt, clock.instant().plus(INTERVALS.after(attempt.checks() + 1)));
      trySettleUnknown.handle(
          new SettleUnknown.Command(
              kind(),
              attempt.refundId().toString(),
              () -> settleRefund.handle(attempt.stripeRefundId())));
    }
    return due.size();
  }

  @Override
  public SettlementKind kind() {
    return SettlementKind.REFUND;
  }

  /** A refund whose answer was lost is looked up by its metadata, the others by Stripe's id. */
  @Override
  public void ask(String refundId) {
    UUID id = UUID.fromString(refundId);
    sendRefund.handle(id);
    refunds.unsettledAtStripe(id).forEach(settleRefund::handle);
  }
}
