package io.cpdevents.billing.erasure.jobs;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.cpdevents.billing.erasure.ForgetEvidence;
import io.cpdevents.platform.jobs.Jobs;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ErasureJobs {

  private static final Duration INTERVAL = Duration.ofHours(1);

  @Bean
  RecurringTask<Void> evidenceSweep(ForgetEvidence forgetEvidence) {
    return Jobs.sweep("forget-evidence-of-erased-people", INTERVAL, forgetEvidence::handle);
  }
}
