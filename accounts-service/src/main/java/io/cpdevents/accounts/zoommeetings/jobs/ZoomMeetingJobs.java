package io.cpdevents.accounts.zoommeetings.jobs;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.cpdevents.accounts.zoommeetings.CloseMeetings;
import io.cpdevents.accounts.zoommeetings.FindRegistrants;
import io.cpdevents.accounts.zoommeetings.GiveUpReports;
import io.cpdevents.accounts.zoommeetings.ReadAttendance;
import io.cpdevents.accounts.zoommeetings.TendMeetings;
import io.cpdevents.accounts.zoommeetings.TendRegistrants;
import io.cpdevents.platform.jobs.Jobs;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The jobs of meetings at Zoom. */
@Configuration(proxyBeanMethods = false)
class ZoomMeetingJobs {

  private static final Duration TEND_INTERVAL = Duration.ofSeconds(2);
  private static final Duration CLOSE_INTERVAL = Duration.ofSeconds(10);
  private static final Duration GIVE_UP_INTERVAL = Duration.ofMinutes(10);

  @Bean
  RecurringTask<Void> tendZoomMeetingsSweep(TendMeetings tend) {
    return Jobs.sweep("tend-zoom-meetings", TEND_INTERVAL, tend::handle);
  }

  @Bean
  RecurringTask<Void> findZoomRegistrantsSweep(FindRegistrants find) {
    return Jobs.sweep("find-zoom-registrants", TEND_INTERVAL, find::handle);
  }

  @Bean
  RecurringTask<Void> tendZoomRegistrantsSweep(TendRegistrants tend) {
    return Jobs.sweep("tend-zoom-registrants", TEND_INTERVAL, tend::handle);
  }

  @Bean
  RecurringTask<Void> readZoomAttendanceSweep(ReadAttendance read) {
    return Jobs.sweep("read-zoom-attendance", CLOSE_INTERVAL, read::handle);
  }

  @Bean
  RecurringTask<Void> giveUpZoomReportsSweep(GiveUpReports giveUp) {
    return Jobs.sweep("give-up-zoom-reports", GIVE_UP_INTERVAL, giveUp::handle);
  }

  @Bean
  RecurringTask<Void> closeZoomMeetingsSweep(CloseMeetings close) {
    return Jobs.sweep("close-zoom-meetings", CLOSE_INTERVAL, close::handle);
  }
}
