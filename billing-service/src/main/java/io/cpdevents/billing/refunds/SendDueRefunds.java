package io.cpdevents.billing.refunds;

import io.cpdevents.platform.stripe.StripeInquiries;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Refunds are sent whose next attempt is due, or whose task was lost. */
@Component
public class SendDueRefunds {

  /** One that could not be sent has its next turn after this. */
  private static final Duration NEXT_TURN_AFTER = Duration.ofMinutes(1);

  private static final int MAX_BATCH_ROWS = 20;

  private final Refunds refunds;
  private final SendRefund sendRefund;
  private final Clock clock;

  SendDueRefunds(Refunds refunds, SendRefund sendRefund, Clock clock) {
    this.refunds = refunds;
    this.sendRefund = sendRefund;
    this.clock = clock;
  }

  /** Sends a batch. Returns how many it had. */
  public int handle() {
    Instant now = clock.instant();
    List<UUID> due = refunds.due(now, now.plus(NEXT_TURN_AFTER), MAX_BATCH_ROWS);
    for (UUID refundId : due) {
      StripeInquiries.ask("refund " + refundId, () -> sendRefund.handle(refundId));
    }
    return due.size();
  }
}
