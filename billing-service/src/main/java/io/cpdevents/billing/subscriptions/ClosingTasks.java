package io.cpdevents.billing.subscriptions;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import io.cpdevents.platform.time.SystemTime;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Ends the plans of organizations that are closed and removes their cards, again and again until it
 * succeeds.
 */
@Component
public class ClosingTasks {

  /**
   * Has the plan of an organization end, and its cards removed. The data is the organization's id.
   */
  public static final TaskDescriptor<String> END_PLAN =
      TaskDescriptor.of("end-plan-of-closed-organization", String.class);

  /** Due at once, whatever time the business clock says. */
  private static final Instant AT_ONCE = Instant.EPOCH;

  /** A page at Stripe for saving a card that was opened before is open no longer by then. */
  private static final Duration SETUP_TIME = Duration.ofHours(25);

  private final ObjectProvider<SchedulerClient> scheduler;
  private final SystemTime systemTime;

  ClosingTasks(ObjectProvider<SchedulerClient> scheduler, SystemTime systemTime) {
    this.scheduler = scheduler;
    this.systemTime = systemTime;
  }

  /**
   * Has it end, if and when the transaction commits; and looks once more when nobody can save a
   * card any more.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  void endPlan(UUID organizationId) {
    String id = organizationId.toString();
    SchedulerClient client = scheduler.getObject();
    client.scheduleIfNotExists(END_PLAN.instance(id).data(id).build(), AT_ONCE);
    client.scheduleIfNotExists(
        END_PLAN.instance(id + ":cards").data(id).build(), systemTime.now().plus(SETUP_TIME));
  }
}
