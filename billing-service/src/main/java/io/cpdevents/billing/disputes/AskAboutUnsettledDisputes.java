package io.cpdevents.billing.disputes;

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
 * Asks Stripe about disputes that are not decided, or whose money has not come back, so that none
 * waits forever for a webhook that was lost.
 */
@Component
public class AskAboutUnsettledDisputes implements StripeLookup {

  /** A dispute lasts weeks: we ask at growing intervals, in the end four times a day. */
  static final BackOff INTERVALS = new BackOff(Duration.ofSeconds(45), Duration.ofHours(6));

  private static final int MAX_BATCH_ROWS = 20;

  private final Disputes disputes;
  private final SettleDispute settleDispute;
  private final TrySettleUnknown trySettleUnknown;
  private final Clock clock;

  AskAboutUnsettledDisputes(
      Disputes disputes,
      SettleDispute settleDispute,
      TrySettleUnknown trySettleUnknown,
      Clock clock) {
    this.disputes = disputes;
    this.settleDispute = settleDispute;
    this.trySettleUnknown = trySettleUnknown;
    this.clock = clock;
  }

  /** Asks about a batch; returns its size. */
  public int handle() {
    List<Disputes.Unsettled> due = disputes.unsettled(clock.instant(), MAX_BATCH_ROWS);
    for (Disputes.Unsettled dispute : due) {
      disputes.checkAgain(
          dispute.id(), clock.instant().plus(INTERVALS.after(dispute.checks() + 1)));
      trySettleUnknown.handle(
          new SettleUnknown.Command(
              kind(), dispute.id().toString(), () -> settleDispute.handle(dispute.stripeId())));
    }
    return due.size();
  }

  @Override
  public SettlementKind kind() {
    return SettlementKind.DISPUTE;
  }

  @Override
  public void ask(String disputeId) {
    settleDispute.handle(disputes.find(UUID.fromString(disputeId)).orElseThrow().stripeId());
  }
}
