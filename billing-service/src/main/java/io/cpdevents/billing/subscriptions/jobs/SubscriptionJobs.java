package io.cpdevents.billing.subscriptions.jobs;

import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.cpdevents.billing.paymentmethods.RemoveCardsOfClosed;
import io.cpdevents.billing.subscriptions.AskAboutPlanChanges;
import io.cpdevents.billing.subscriptions.AskAboutSubscriptions;
import io.cpdevents.billing.subscriptions.ClosingTasks;
import io.cpdevents.billing.subscriptions.EndPlanOfClosed;
import io.cpdevents.billing.subscriptions.TellPlanTerms;
import io.cpdevents.billing.subscriptions.TellTrialEnds;
import io.cpdevents.platform.jobs.Jobs;
import io.cpdevents.platform.jobs.RetryTask;
import io.cpdevents.platform.stripe.StripeInquiries;
import java.time.Duration;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The jobs of subscriptions. */
@Configuration(proxyBeanMethods = false)
class SubscriptionJobs {

  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(5);
  private static final Duration NOTICE_INTERVAL = Duration.ofSeconds(5);
  private static final Duration TERMS_INTERVAL = Duration.ofMinutes(1);

  @Bean
  RecurringTask<Void> checkSubscriptionsJob(AskAboutSubscriptions ask) {
    return Jobs.sweep("check-subscriptions", CHECK_INTERVAL, ask::handle);
  }

  @Bean
  OneTimeTask<String> endPlanOfClosedTask(
      EndPlanOfClosed endPlan, RemoveCardsOfClosed removeCards) {
    return Tasks.oneTime(ClosingTasks.END_PLAN)
        .onFailure(new RetryTask<>(StripeInquiries.RETRIES))
        .execute((instance, _) -> {
          UUID organizationId = UUID.fromString(instance.getData());
          // A plan that goes on would be in arrears without its card.
          endPlan.handle(organizationId);
          removeCards.handle(organizationId);
        });
  }

  @Bean
  RecurringTask<Void> checkPlanChangesJob(AskAboutPlanChanges ask) {
    return Jobs.sweep("check-plan-changes", CHECK_INTERVAL, ask::handle);
  }

  @Bean
  RecurringTask<Void> tellPlanTermsJob(TellPlanTerms tell) {
    return Jobs.sweep("tell-plan-terms", TERMS_INTERVAL, tell::handle);
  }

  @Bean
  RecurringTask<Void> tellTrialEndsJob(TellTrialEnds tell) {
    return Jobs.sweep("tell-trial-ends", NOTICE_INTERVAL, tell::handle);
  }
}
