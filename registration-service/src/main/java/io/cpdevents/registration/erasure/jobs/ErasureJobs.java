package io.cpdevents.registration.erasure.jobs;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.cpdevents.platform.jobs.Jobs;
import io.cpdevents.registration.erasure.ForgetLateReasons;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ErasureJobs {

  private static final Duration INTERVAL = Duration.ofHours(1);

  @Bean
  RecurringTask<Void> lateReasonsSweep(ForgetLateReasons forgetLateReasons) {
    return Jobs.sweep("forget-late-reasons", INTERVAL, forgetLateReasons::handle);
  }
}
