package io.cpdevents.billing.checkouts.jobs;

import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.cpdevents.billing.checkouts.AskAboutOpenCheckouts;
import io.cpdevents.billing.checkouts.CheckoutTasks;
import io.cpdevents.billing.checkouts.ExpireCheckout;
import io.cpdevents.platform.jobs.Jobs;
import io.cpdevents.platform.jobs.RetryTask;
import io.cpdevents.platform.stripe.StripeInquiries;
import java.time.Duration;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The jobs of checkouts. */
@Configuration(proxyBeanMethods = false)
class CheckoutJobs {

  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(5);

  @Bean
  OneTimeTask<String> expireCheckoutTask(ExpireCheckout expireCheckout) {
    return Tasks.oneTime(CheckoutTasks.EXPIRE)
        .onFailure(new RetryTask<>(StripeInquiries.RETRIES))
        .execute((instance, _) -> expireCheckout.handle(UUID.fromString(instance.getData())));
  }

  @Bean
  RecurringTask<Void> checkCheckoutsJob(AskAboutOpenCheckouts ask) {
    return Jobs.sweep("check-checkouts", CHECK_INTERVAL, ask::handle);
  }
}
