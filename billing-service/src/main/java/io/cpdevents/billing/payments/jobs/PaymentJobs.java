package io.cpdevents.billing.payments.jobs;

import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.cpdevents.billing.payments.CheckPassingStates;
import io.cpdevents.billing.payments.CheckoutTasks;
import io.cpdevents.billing.payments.ExpireCheckout;
import io.cpdevents.billing.time.RetryLater;
import io.cpdevents.platform.jobs.Jobs;
import java.time.Duration;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The jobs of payments. */
@Configuration(proxyBeanMethods = false)
class PaymentJobs {

  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(5);

  @Bean
  OneTimeTask<String> expireCheckoutTask(ExpireCheckout expireCheckout) {
    return Tasks.oneTime(CheckoutTasks.EXPIRE)
        .onFailure(new RetryLater<>())
        .execute((instance, context) -> expireCheckout.handle(UUID.fromString(instance.getData())));
  }

  @Bean
  RecurringTask<Void> checkCheckoutsJob(CheckPassingStates check) {
    return Jobs.sweep("check-checkouts", CHECK_INTERVAL, check::checkCheckouts);
  }

  @Bean
  RecurringTask<Void> checkChargesJob(CheckPassingStates check) {
    return Jobs.sweep("check-charges", CHECK_INTERVAL, check::checkCharges);
  }

  @Bean
  RecurringTask<Void> checkProcessingJob(CheckPassingStates check) {
    return Jobs.sweep("check-processing-payments", CHECK_INTERVAL, check::checkProcessing);
  }
}
