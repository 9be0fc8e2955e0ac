package io.cpdevents.billing.refunds.jobs;

import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.cpdevents.billing.refunds.AskAboutUnsettledRefunds;
import io.cpdevents.billing.refunds.RefundTasks;
import io.cpdevents.billing.refunds.ReturnSecondCaptures;
import io.cpdevents.billing.refunds.SendDueRefunds;
import io.cpdevents.billing.refunds.SendRefund;
import io.cpdevents.platform.jobs.Jobs;
import io.cpdevents.platform.jobs.RetryTask;
import io.cpdevents.platform.stripe.StripeInquiries;
import java.time.Duration;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The jobs of refunds. */
@Configuration(proxyBeanMethods = false)
class RefundJobs {

  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(5);

  @Bean
  OneTimeTask<String> sendRefundTask(SendRefund sendRefund) {
    return Tasks.oneTime(RefundTasks.SEND)
        .onFailure(new RetryTask<>(StripeInquiries.RETRIES))
        .execute((instance, _) -> sendRefund.handle(UUID.fromString(instance.getData())));
  }

  @Bean
  RecurringTask<Void> sendDueRefundsJob(SendDueRefunds sendDue) {
    return Jobs.sweep("send-due-refunds", CHECK_INTERVAL, sendDue::handle);
  }

  @Bean
  RecurringTask<Void> returnSecondCapturesJob(ReturnSecondCaptures returnSecondCaptures) {
    return Jobs.sweep("return-second-captures", CHECK_INTERVAL, returnSecondCaptures::handle);
  }

  @Bean
  RecurringTask<Void> checkRefundsJob(AskAboutUnsettledRefunds ask) {
    return Jobs.sweep("check-refunds", CHECK_INTERVAL, ask::handle);
  }
}
