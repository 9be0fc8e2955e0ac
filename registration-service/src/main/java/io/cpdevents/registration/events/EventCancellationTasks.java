package io.cpdevents.registration.events;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import java.time.Instant;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Has the registrations of cancelled events cancelled, however often the job is interrupted. */
@Component
public class EventCancellationTasks {

  /** Cancels the registrations of one event. The data is the event's id. */
  public static final TaskDescriptor<String> CANCEL_REGISTRATIONS =
      TaskDescriptor.of("cancel-registrations-of-event", String.class);

  /** Due at once, whatever the clocks say. */
  private static final Instant AT_ONCE = Instant.EPOCH;

  private final ObjectProvider<SchedulerClient> scheduler;

  EventCancellationTasks(ObjectProvider<SchedulerClient> scheduler) {
    this.scheduler = scheduler;
  }

  /** Has the job begin, if and when the transaction commits; nothing happens when it is there. */
  @Transactional(propagation = Propagation.MANDATORY)
  void start(UUID eventId) {
    String id = eventId.toString();
    scheduler
        .getObject()
        .scheduleIfNotExists(CANCEL_REGISTRATIONS.instance(id).data(id).build(), AT_ONCE);
  }
}
