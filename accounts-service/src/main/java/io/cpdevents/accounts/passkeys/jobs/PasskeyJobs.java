package io.cpdevents.accounts.passkeys.jobs;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.cpdevents.accounts.passkeys.RemoveExpiredChallenges;
import io.cpdevents.platform.jobs.Jobs;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class PasskeyJobs {

  private static final Duration INTERVAL = Duration.ofMinutes(10);

  @Bean
  RecurringTask<Void> expiredChallengeSweep(RemoveExpiredChallenges remove) {
    return Jobs.sweep("remove-expired-challenges", INTERVAL, remove::handle);
  }
}
