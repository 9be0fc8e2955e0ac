package io.cpdevents.notification.mails.jobs;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.cpdevents.notification.mails.ForgetAttendeeMails;
import io.cpdevents.notification.mails.RemoveOldMails;
import io.cpdevents.platform.jobs.Jobs;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Jobs about mails. */
@Configuration
class MailJobs {

  private static final Duration CLEAN_UP_INTERVAL = Duration.ofHours(1);

  @Bean
  RecurringTask<Void> oldMailsSweep(RemoveOldMails removeOldMails) {
    return Jobs.sweep("remove-old-mails", CLEAN_UP_INTERVAL, removeOldMails::handle);
  }

  @Bean
  RecurringTask<Void> attendeeMailsSweep(ForgetAttendeeMails forgetAttendeeMails) {
    return Jobs.sweep("forget-attendee-mails", CLEAN_UP_INTERVAL, forgetAttendeeMails::handle);
  }
}
