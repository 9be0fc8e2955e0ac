package io.cpdevents.registration.waitlist.jobs;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.cpdevents.platform.jobs.Jobs;
import io.cpdevents.registration.waitlist.EndEntries;
import io.cpdevents.registration.waitlist.ExpireOffers;
import io.cpdevents.registration.waitlist.ForgetWaitingNetworks;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Ends offers that nobody answers, and the waiting for events that are over. */
@Configuration(proxyBeanMethods = false)
class WaitlistJobs {

  private static final Duration OFFERS_INTERVAL = Duration.ofSeconds(5);
  private static final Duration ENTRIES_INTERVAL = Duration.ofMinutes(1);
  private static final Duration NETWORKS_INTERVAL = Duration.ofMinutes(10);

  @Bean
  RecurringTask<Void> waitlistOfferSweep(ExpireOffers expireOffers) {
    return Jobs.sweep("expire-offers", OFFERS_INTERVAL, expireOffers::handle);
  }

  @Bean
  RecurringTask<Void> waitlistEntrySweep(EndEntries endEntries) {
    return Jobs.sweep("end-waitlist-entries", ENTRIES_INTERVAL, endEntries::handle);
  }

  @Bean
  RecurringTask<Void> waitlistNetworkSweep(ForgetWaitingNetworks forgetWaitingNetworks) {
    return Jobs.sweep("forget-waiting-networks", NETWORKS_INTERVAL, forgetWaitingNetworks::handle);
  }
}
