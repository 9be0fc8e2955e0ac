package io.cpdevents.accounts.apikeys.jobs;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.cpdevents.accounts.apikeys.EndExpiredApiKeys;
import io.cpdevents.accounts.apikeys.RemoveEndedApiKeys;
import io.cpdevents.platform.jobs.Jobs;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ApiKeyJobs {

  private static final Duration END_INTERVAL = Duration.ofSeconds(30);
  private static final Duration REMOVE_INTERVAL = Duration.ofMinutes(10);

  @Bean
  RecurringTask<Void> expiredApiKeySweep(EndExpiredApiKeys end) {
    return Jobs.sweep("end-expired-api-keys", END_INTERVAL, end::handle);
  }

  @Bean
  RecurringTask<Void> endedApiKeySweep(RemoveEndedApiKeys remove) {
    return Jobs.sweep("remove-ended-api-keys", REMOVE_INTERVAL, remove::handle);
  }
}
