package io.cpdevents.billing.invoices.jobs;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.cpdevents.billing.invoices.ChargeReplacedCards;
import io.cpdevents.billing.invoices.VoidInvoices;
import io.cpdevents.platform.jobs.Jobs;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The jobs of invoices. */
@Configuration(proxyBeanMethods = false)
class InvoiceJobs {

  private static final Duration CHARGE_INTERVAL = Duration.ofSeconds(5);
  private static final Duration VOID_INTERVAL = Duration.ofSeconds(5);

  @Bean
  RecurringTask<Void> chargeReplacedCardsJob(ChargeReplacedCards charge) {
    return Jobs.sweep("charge-replaced-cards", CHARGE_INTERVAL, charge::handle);
  }

  @Bean
  RecurringTask<Void> voidInvoicesJob(VoidInvoices voidInvoices) {
    return Jobs.sweep("void-invoices", VOID_INTERVAL, voidInvoices::handle);
  }
}
