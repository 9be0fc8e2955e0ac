package io.cpdevents.accounts.invitations.jobs;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.cpdevents.accounts.invitations.RemoveExpiredInvitations;
import io.cpdevents.platform.jobs.Jobs;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class InvitationJobs {

  private static final Duration INTERVAL = Duration.ofMinutes(10);

  @Bean
  RecurringTask<Void> expiredInvitationSweep(RemoveExpiredInvitations remove) {
    return Jobs.sweep("remove-expired-invitations", INTERVAL, remove::handle);
  }
}
