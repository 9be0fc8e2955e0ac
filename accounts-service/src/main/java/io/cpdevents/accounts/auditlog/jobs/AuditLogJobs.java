package io.cpdevents.accounts.auditlog.jobs;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.cpdevents.accounts.auditlog.AnchorAuditLog;
import io.cpdevents.platform.jobs.Jobs;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class AuditLogJobs {

  private static final Duration ANCHOR_INTERVAL = Duration.ofDays(1);

  @Bean
  RecurringTask<Void> auditLogAnchor(AnchorAuditLog anchor) {
    return Jobs.repeat("anchor-audit-log", ANCHOR_INTERVAL, anchor::handle);
  }
}
