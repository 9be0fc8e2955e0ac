package io.cpdevents.accounts.auditlog.jobs;

import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.cpdevents.accounts.auditlog.AnchorAuditLog;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class AuditLogJobs {

  private static final Duration ANCHOR_INTERVAL = Duration.ofDays(1);

  /** No outbox waits for Kafka here. */
  private static final Duration RETRY_INTERVAL = Duration.ofMinutes(5);

  @Bean
  RecurringTask<Void> auditLogAnchor(AnchorAuditLog anchor) {
    return Tasks.recurring("anchor-audit-log", FixedDelay.of(ANCHOR_INTERVAL))
        .onFailure(new FailureHandler.OnFailureRetryLater<>(RETRY_INTERVAL))
        .execute((_, _) -> anchor.handle());
  }
}
