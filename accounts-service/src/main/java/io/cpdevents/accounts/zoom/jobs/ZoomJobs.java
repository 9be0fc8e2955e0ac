package io.cpdevents.accounts.zoom.jobs;

import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.cpdevents.accounts.zoom.KeepZoomConnections;
import io.cpdevents.accounts.zoom.RemoveExpiredZoomAuthorizations;
import io.cpdevents.accounts.zoom.RevokeZoomGrant;
import io.cpdevents.accounts.zoom.RewrapZoomTokens;
import io.cpdevents.accounts.zoom.ZoomTasks;
import io.cpdevents.platform.jobs.BackOff;
import io.cpdevents.platform.jobs.Jobs;
import io.cpdevents.platform.jobs.RetryTask;
import java.time.Duration;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The jobs of connections with Zoom. */
@Configuration(proxyBeanMethods = false)
class ZoomJobs {

  private static final Duration KEEP_INTERVAL = Duration.ofSeconds(10);
  private static final Duration REWRAP_INTERVAL = Duration.ofMinutes(10);
  private static final Duration REMOVE_INTERVAL = Duration.ofMinutes(10);
  private static final BackOff RETRIES = new BackOff(Duration.ofSeconds(1), Duration.ofMinutes(10));

  @Bean
  OneTimeTask<String> revokeZoomGrantTask(RevokeZoomGrant revoke) {
    return Tasks.oneTime(ZoomTasks.REVOKE)
        .onFailure(new RetryTask<>(RETRIES))
        .execute((instance, _) -> revoke.handle(UUID.fromString(instance.getData())));
  }

  @Bean
  RecurringTask<Void> keepZoomConnectionsSweep(KeepZoomConnections keep) {
    return Jobs.sweep("keep-zoom-connections", KEEP_INTERVAL, keep::handle);
  }

  @Bean
  RecurringTask<Void> rewrapZoomTokensSweep(RewrapZoomTokens rewrap) {
    return Jobs.sweep("rewrap-zoom-tokens", REWRAP_INTERVAL, rewrap::handle);
  }

  @Bean
  RecurringTask<Void> expiredZoomAuthorizationSweep(RemoveExpiredZoomAuthorizations remove) {
    return Jobs.sweep("remove-expired-zoom-authorizations", REMOVE_INTERVAL, remove::handle);
  }
}
