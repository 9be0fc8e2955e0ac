package io.cpdevents.payout.payouts;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.SchedulerClient.ScheduleOptions;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import java.time.Instant;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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

  private static final Logger log = LoggerFactory.getLogger(PayoutTasks.class);

  /** Due at once, whatever time the business clock says. */
  private static final Instant AT_ONCE = Instant.EPOCH;

  private final ObjectProvider<SchedulerClient> scheduler;

  PayoutTasks(ObjectProvider<SchedulerClient> scheduler) {
    this.scheduler = scheduler;
  }

  /** Sends the payout, if and when the transaction commits. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void send(UUID payoutId) {
    scheduler.getObject().scheduleIfNotExists(taskOf(payoutId), AT_ONCE);
  }

  /** Sends a payout that waits, if and when the transaction commits, instead of later. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void sendNow(UUID payoutId) {
    try {
      scheduler
          .getObject()
          .schedule(taskOf(payoutId), AT_ONCE, ScheduleOptions.WHEN_EXISTS_RESCHEDULE);
    } catch (TaskInstanceCurrentlyExecutingException e) {
      log.info("Payout {} is being sent; what waits is looked at again soon", payoutId);
    }
  }

  private static TaskInstance<String> taskOf(UUID payoutId) {
    String id = payoutId.toString();
    return SEND.instance(id).data(id).build();
  }
}
