package io.cpdevents.payout.payouts;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import java.time.Instant;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Sends payouts to Stripe once their transaction has committed, again and again until it succeeds.
 */
@Component
public class PayoutTasks {

  /** Takes a payout as far as it goes. The data is the payout's id. */
  public static final TaskDescriptor<String> SEND = TaskDescriptor.of("send-payout", String.class);

  /** Due at once, whatever time the business clock says. */
  private static final Instant AT_ONCE = Instant.EPOCH;

  private final ObjectProvider<SchedulerClient> scheduler;

  PayoutTasks(ObjectProvider<SchedulerClient> scheduler) {
    this.scheduler = scheduler;
  }

  /** Sends the payout, if and when the transaction commits. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void send(UUID payoutId) {
    String id = payoutId.toString();
    scheduler.getObject().scheduleIfNotExists(SEND.instance(id).data(id).build(), AT_ONCE);
  }
}
