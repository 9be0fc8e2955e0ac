package io.cpdevents.registration.registrations.jobs;

import com.github.kagkarlsson.scheduler.SchedulerState;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.CompletionHandler.OnCompleteRemove;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.cpdevents.platform.jobs.BackOff;
import io.cpdevents.platform.jobs.Jobs;
import io.cpdevents.platform.jobs.RetryTask;
import io.cpdevents.platform.web.Cursor;
import io.cpdevents.registration.events.EventCancellationTasks;
import io.cpdevents.registration.events.ResumeEventCancellations;
import io.cpdevents.registration.registrations.CancelRegistrationsOfEvent;
import io.cpdevents.registration.registrations.CancelRegistrationsOfEvent.Batch.AllCancelled;
import io.cpdevents.registration.registrations.CancelRegistrationsOfEvent.Batch.Cancelled;
import io.cpdevents.registration.registrations.CancelRegistrationsOfEvent.Batch.SomeAreLocked;
import java.time.Duration;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Cancels the registrations of cancelled events. */
@Configuration(proxyBeanMethods = false)
class EventCancellationJobs {

  private static final Duration RESUME_INTERVAL = Duration.ofMinutes(1);
  private static final Duration WAIT_FOR_LOCKS = Duration.ofSeconds(1);
  private static final BackOff FAILURES = new BackOff(Duration.ofSeconds(1), Duration.ofMinutes(1));

  @Bean
  CustomTask<String> cancelRegistrationsTask(CancelRegistrationsOfEvent cancel) {
    return Tasks.custom(EventCancellationTasks.CANCEL_REGISTRATIONS)
        .onFailure(new RetryTask<>(FAILURES))
        .execute((instance, context) ->
            cancelAll(cancel, UUID.fromString(instance.getData()), context.getSchedulerState())
                ? new OnCompleteRemove<>()
                : laterAgain());
  }

  @Bean
  RecurringTask<Void> resumeEventCancellationsJob(ResumeEventCancellations resume) {
    return Jobs.repeat("resume-event-cancellations", RESUME_INTERVAL, resume::handle);
  }

  /** Answers whether none is left; otherwise some are locked, or the process is about to stop. */
  private static boolean cancelAll(
      CancelRegistrationsOfEvent cancel, UUID eventId, SchedulerState scheduler) {
    Cursor after = CancelRegistrationsOfEvent.BEGINNING;
    while (!scheduler.isShuttingDown()) {
      switch (cancel.handle(new CancelRegistrationsOfEvent.Command(eventId, after))) {
        case Cancelled(Cursor last) -> after = last;
        case AllCancelled() -> {
          return true;
        }
        case SomeAreLocked() -> {
          return false;
        }
      }
    }
    return false;
  }

  private static CompletionHandler<String> laterAgain() {
    return (complete, operations) ->
        operations.reschedule(complete, complete.getTimeDone().plus(WAIT_FOR_LOCKS));
  }
}
