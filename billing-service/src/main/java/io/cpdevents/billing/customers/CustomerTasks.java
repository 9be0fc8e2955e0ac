package io.cpdevents.billing.customers;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import java.time.Instant;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Tells Stripe of customers, again and again until it succeeds. */
@Component
public class CustomerTasks {

  /** Tells Stripe the address that an account has now. The data is the account's id. */
  public static final TaskDescriptor<String> TELL_ADDRESS =
      TaskDescriptor.of("tell-customer-address", String.class);

  /** Due at once, whatever time the business clock says. */
  private static final Instant AT_ONCE = Instant.EPOCH;

  private final ObjectProvider<SchedulerClient> scheduler;

  CustomerTasks(ObjectProvider<SchedulerClient> scheduler) {
    this.scheduler = scheduler;
  }

  /**
   * Tells Stripe the account's present address; in a transaction, if and when it commits.
   *
   * @param change what has made it due: one that is being done has read what was before
   */
  void tellAddress(UUID accountId, String change) {
    scheduler
        .getObject()
        .scheduleIfNotExists(
            TELL_ADDRESS.instance(accountId + ":" + change).data(accountId.toString()).build(),
            AT_ONCE);
  }
}
