package io.cpdevents.billing.checkouts;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import java.time.Instant;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Closes pages at Stripe once their transaction has committed, again and again until it succeeds.
 */
@Component
public class CheckoutTasks {

  /** Closes a page. The data is the checkout's id. */
  public static final TaskDescriptor<String> EXPIRE =
      TaskDescriptor.of("expire-checkout", String.class);

  /** Due at once, whatever time the business clock says. */
  private static final Instant AT_ONCE = Instant.EPOCH;

  private final ObjectProvider<SchedulerClient> scheduler;

  CheckoutTasks(ObjectProvider<SchedulerClient> scheduler) {
    this.scheduler = scheduler;
  }

  /** Closes the page at Stripe, if and when the transaction commits. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void expire(UUID checkoutId) {
    String id = checkoutId.toString();
    scheduler.getObject().scheduleIfNotExists(EXPIRE.instance(id).data(id).build(), AT_ONCE);
  }
}
