package io.cpdevents.platform.state;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Counts the transitions that are taken, and checks that their events are appended. */
@AutoConfiguration
public class StateConfiguration {

  @Bean
  SmartInitializingSingleton transitionsAreCounted(MeterRegistry metrics) {
    return () -> Transitions.observe(TransitionRecorder.observer(metrics));
  }
}
