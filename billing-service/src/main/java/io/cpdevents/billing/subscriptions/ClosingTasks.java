package io.cpdevents.billing.subscriptions;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import java.time.Instant;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Ends the plans of organizations that are closed, again and again until it succeeds. */
@Component
public class ClosingTasks {

  /** Has the plan of an organization end. The data is the organization's id. */
  public static final TaskDescriptor<String> END_PLAN =
      TaskDescriptor.of("end-plan-of-closed-organization", String.class);

  /** Due at once, whatever time the business clock says. */
  private static final Instant AT_ONCE = Instant.EPOCH;

  private final ObjectProvider<SchedulerClient> scheduler;

  ClosingTasks(ObjectProvider<SchedulerClient> scheduler) {
    this.scheduler = scheduler;
  }

  /** Has it end, if and when the transaction commits. */
  @Transactional(propagation = Propagation.MANDATORY)
  void endPlan(UUID organizationId) {
    String id = organizationId.toString();
    scheduler.getObject().scheduleIfNotExists(END_PLAN.instance(id).data(id).build(), AT_ONCE);
  }
}
