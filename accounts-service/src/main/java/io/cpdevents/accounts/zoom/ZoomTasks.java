package io.cpdevents.accounts.zoom;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import java.time.Instant;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Tells Zoom what has ended, once its transaction has committed, until Zoom answers. */
@Component
public class ZoomTasks {

  /** The data is the connection's id. */
  public static final TaskDescriptor<String> REVOKE =
      TaskDescriptor.of("revoke-zoom-grant", String.class);

  /** Due at once, whatever time the business clock says. */
  private static final Instant AT_ONCE = Instant.EPOCH;

  private final ObjectProvider<SchedulerClient> scheduler;

  ZoomTasks(ObjectProvider<SchedulerClient> scheduler) {
    this.scheduler = scheduler;
  }

  /** Has the grant taken back, if and when the transaction commits. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void revoke(UUID connectionId) {
    String id = connectionId.toString();
    scheduler.getObject().scheduleIfNotExists(REVOKE.instance(id).data(id).build(), AT_ONCE);
  }
}
