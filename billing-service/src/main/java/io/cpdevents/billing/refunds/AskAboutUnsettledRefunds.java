package io.cpdevents.billing.refunds;

import io.cpdevents.billing.settlements.Inquiry;
import io.cpdevents.billing.settlements.SettleUnknown;
import io.cpdevents.billing.settlements.SettlementKind;
import io.cpdevents.platform.jobs.BackOff;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Stripe is asked about refunds whose outcome or balance transaction we have not seen, so that none
 * waits for ever for a message that was lost.
 */
@Component
public class AskAboutUnsettledRefunds implements Inquiry {

  /** Stripe's message comes within seconds; when it does not, it is asked less and less often. */
  static final BackOff INTERVALS = new BackOff(Duration.ofSeconds(45), Duration.ofHours(1));

  private static final int MAX_BATCH_ROWS = 20;

  private final Refunds refunds;
  private final SettleRefund settleRefund;
  private final SendRefund sendRefund;
  private final SettleUnknown settleUnknown;
  private final Clock clock;

  AskAboutUnsettledRefunds(
      Refunds refunds,
      SettleRefund settleRefund,
      SendRefund sendRefund,
      SettleUnknown settleUnknown,
      Clock clock) {
    this.refunds = refunds;
    this.settleRefund = settleRefund;
    this.sendRefund = sendRefund;
    this.settleUnknown = settleUnknown;
    this.clock = clock;
  }

  /** Asks about a batch. Returns how many it had. */
  public int handle() {
    List<Refunds.Unsettled> due = refunds.unsettled(clock.instant(), MAX_BATCH_ROWS);
    for (Refunds.Unsettled attempt : due) {
      refunds.checkAgain(attempt, clock.instant().plus(INTERVALS.after(attempt.checks() + 1)));
      settleUnknown.handle(
          kind(),
          attempt.refundId().toString(),
          () -> settleRefund.handle(attempt.stripeRefundId()));
    }
    return due.size();
  }

  @Override
  public SettlementKind kind() {
    return SettlementKind.REFUND;
  }

  /** One whose answer was lost is looked up by its metadata; the others by Stripe's id. */
  @Override
  public void ask(String refundId) {
    UUID id = UUID.fromString(refundId);
    sendRefund.handle(id);
    refunds.unsettledAtStripe(id).forEach(settleRefund::handle);
  }
}
