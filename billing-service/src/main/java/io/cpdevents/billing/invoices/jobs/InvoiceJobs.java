package io.cpdevents.billing.invoices.jobs;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.cpdevents.billing.invoices.ChargeReplacedCards;
import io.cpdevents.platform.jobs.Jobs;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The jobs of invoices. */
@Configuration(proxyBeanMethods = false)
class InvoiceJobs {

  private static final Duration CHARGE_INTERVAL = Duration.ofSeconds(5);

  @Bean
  RecurringTask<Void> chargeReplacedCardsJob(ChargeReplacedCards charge) {
    return Jobs.sweep("charge-replaced-cards", CHARGE_INTERVAL, charge::handle);
  }
}
