package io.cpdevents.payout.payouts.jobs;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.CompletionHandler.OnCompleteRemove;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.cpdevents.payout.payouts.AskAboutPayouts;
import io.cpdevents.payout.payouts.ForgetOldHoldReasons;
import io.cpdevents.payout.payouts.PayoutTasks;
import io.cpdevents.payout.payouts.RequestScheduledPayouts;
import io.cpdevents.payout.payouts.RetryRefusedPeriods;
import io.cpdevents.payout.payouts.SendPayout;
import io.cpdevents.payout.payouts.TakeBackLeftMoney;
import io.cpdevents.platform.jobs.Jobs;
import io.cpdevents.platform.jobs.RetryTask;
import io.cpdevents.platform.stripe.StripeInquiries;
import java.time.Duration;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The jobs of payouts. */
@Configuration(proxyBeanMethods = false)
class PayoutJobs {

  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);
  private static final Duration SCHEDULE_INTERVAL = Duration.ofSeconds(1);
  private static final Duration LEFT_MONEY_INTERVAL = Duration.ofSeconds(10);
  private static final Duration REFUSED_INTERVAL = Duration.ofSeconds(10);
  private static final Duration OLD_REASONS_INTERVAL = Duration.ofHours(1);

  @Bean
  CustomTask<String> sendPayoutTask(SendPayout sendPayout) {
    return Tasks.custom(PayoutTasks.SEND)
        .onFailure(new RetryTask<>(StripeInquiries.RETRIES))
        .execute((instance, _) ->
            sendPayout
                .handle(UUID.fromString(instance.getData()))
                .map(PayoutJobs::later)
                .orElseGet(OnCompleteRemove::new));
  }

  @Bean
  RecurringTask<Void> askAboutPayoutsJob(AskAboutPayouts ask) {
    return Jobs.sweep("ask-about-payouts", CHECK_INTERVAL, ask::handle);
  }

  @Bean
  RecurringTask<Void> requestScheduledPayoutsJob(RequestScheduledPayouts requestPayouts) {
    return Jobs.sweep("request-scheduled-payouts", SCHEDULE_INTERVAL, requestPayouts::handle);
  }

  @Bean
  RecurringTask<Void> retryRefusedPeriodsJob(RetryRefusedPeriods retry) {
    return Jobs.sweep("retry-refused-periods", REFUSED_INTERVAL, retry::handle);
  }

  @Bean
  RecurringTask<Void> takeBackLeftMoneyJob(TakeBackLeftMoney takeBack) {
    return Jobs.sweep("take-back-left-money", LEFT_MONEY_INTERVAL, takeBack::handle);
  }

  @Bean
  RecurringTask<Void> forgetOldHoldReasonsJob(ForgetOldHoldReasons forget) {
    return Jobs.sweep("forget-old-hold-reasons", OLD_REASONS_INTERVAL, forget::handle);
  }

  private static CompletionHandler<String> later(Duration wait) {
    return (complete, operations) ->
        operations.reschedule(complete, complete.getTimeDone().plus(wait));
  }
}
