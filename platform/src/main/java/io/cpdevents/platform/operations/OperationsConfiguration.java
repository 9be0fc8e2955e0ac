package io.cpdevents.platform.operations;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Configures the operators' endpoints and gauges for every service with a database. */
@AutoConfiguration(
    afterName = {
      "org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration",
      "io.cpdevents.platform.observability.ObservabilityConfiguration"
    })
@ConditionalOnBean(JdbcClient.class)
public class OperationsConfiguration {

  @Bean
  StuckProcesses stuckProcesses(
      ObjectProvider<StuckThreshold> states, JdbcClient jdbc, Clock business) {
    return new StuckProcesses(states.orderedStream().toList(), jdbc, business, Clock.systemUTC());
  }

  @Bean
  ProcessMetrics processMetrics(StuckProcesses stuck, MeterRegistry metrics) {
    return new ProcessMetrics(stuck, Clock.systemUTC(), metrics);
  }

  @Bean
  ProcessController processController(StuckProcesses stuck) {
    return new ProcessController(stuck);
  }

  @Bean
  JobController jobController(JdbcClient jdbc) {
    return new JobController(new ScheduledJobs(jdbc));
  }
}
