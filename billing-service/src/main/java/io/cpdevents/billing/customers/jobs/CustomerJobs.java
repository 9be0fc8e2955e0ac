package io.cpdevents.billing.customers.jobs;

import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.cpdevents.billing.customers.CustomerTasks;
import io.cpdevents.billing.customers.TellAddress;
import io.cpdevents.platform.jobs.RetryTask;
import io.cpdevents.platform.stripe.StripeInquiries;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The jobs of customers. */
@Configuration(proxyBeanMethods = false)
class CustomerJobs {

  @Bean
  OneTimeTask<String> tellCustomerAddressTask(TellAddress tellAddress) {
    return Tasks.oneTime(CustomerTasks.TELL_ADDRESS)
        .onFailure(new RetryTask<>(StripeInquiries.RETRIES))
        .execute((instance, _) -> tellAddress.handle(UUID.fromString(instance.getData())));
  }
}
