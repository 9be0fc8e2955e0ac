package io.cpdevents.notification.erasure.jobs;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.cpdevents.notification.erasure.TellMailedReceipts;
import io.cpdevents.platform.jobs.Jobs;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ErasureJobs {

  private static final Duration INTERVAL = Duration.ofSeconds(5);

  @Bean
  RecurringTask<Void> mailedReceiptSweep(TellMailedReceipts tellMailedReceipts) {
    return Jobs.sweep("tell-mailed-receipts", INTERVAL, tellMailedReceipts::handle);
  }
}
