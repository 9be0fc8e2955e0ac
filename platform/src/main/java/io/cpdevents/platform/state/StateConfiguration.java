package io.cpdevents.platform.state;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Counts the rows of transition tables that were taken, and holds them to the events they tell. */
@AutoConfiguration
public class StateConfiguration {

  @Bean
  SmartInitializingSingleton transitionsAreCounted(MeterRegistry metrics) {
    return () -> Transitions.observe(TransitionAccount.observer(metrics));
  }
}
