package io.cpdevents.accounts.sessions.jobs;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.cpdevents.accounts.sessions.SessionRetention;
import io.cpdevents.platform.jobs.Jobs;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class SessionJobs {

  private static final Duration END_EVERY = Duration.ofSeconds(30);
  private static final Duration REMOVE_EVERY = Duration.ofMinutes(10);

  @Bean
  RecurringTask<Void> endExpiredSessions(SessionRetention retention) {
    return Jobs.sweep("end-expired-sessions", END_EVERY, retention::endExpired);
  }

  @Bean
  RecurringTask<Void> removeEndedSessions(SessionRetention retention) {
    return Jobs.sweep("remove-ended-sessions", REMOVE_EVERY, retention::removeEnded);
  }

  @Bean
  RecurringTask<Void> removeOldLogins(SessionRetention retention) {
    return Jobs.sweep("remove-old-logins", REMOVE_EVERY, retention::removeLogins);
  }
}
