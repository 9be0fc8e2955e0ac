package io.cpdevents.accounts.sessions.jobs;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.cpdevents.accounts.sessions.EndExpiredSessions;
import io.cpdevents.accounts.sessions.RemoveEndedSessions;
import io.cpdevents.platform.jobs.Jobs;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class SessionJobs {

  private static final Duration END_INTERVAL = Duration.ofSeconds(30);
  private static final Duration REMOVE_INTERVAL = Duration.ofMinutes(10);

  @Bean
  RecurringTask<Void> expiredSessionSweep(EndExpiredSessions end) {
    return Jobs.sweep("end-expired-sessions", END_INTERVAL, end::handle);
  }

  @Bean
  RecurringTask<Void> endedSessionSweep(RemoveEndedSessions remove) {
    return Jobs.sweep("remove-ended-sessions", REMOVE_INTERVAL, remove::handle);
  }
}
