package io.cpdevents.accounts.exports.jobs;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.cpdevents.accounts.exports.ExpireDataExports;
import io.cpdevents.accounts.exports.MakeDataExports;
import io.cpdevents.platform.jobs.Jobs;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class DataExportJobs {

  private static final Duration MAKE_INTERVAL = Duration.ofSeconds(5);
  private static final Duration EXPIRE_INTERVAL = Duration.ofMinutes(10);

  @Bean
  RecurringTask<Void> dataExportSweep(MakeDataExports makeDataExports) {
    return Jobs.sweep("make-data-exports", MAKE_INTERVAL, makeDataExports::handle);
  }

  @Bean
  RecurringTask<Void> expiredDataExportSweep(ExpireDataExports expireDataExports) {
    return Jobs.sweep("expire-data-exports", EXPIRE_INTERVAL, expireDataExports::handle);
  }
}
