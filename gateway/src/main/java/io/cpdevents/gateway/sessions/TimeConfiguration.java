package io.cpdevents.gateway.sessions;

import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Provides system time. The gateway has no business time: tokens and Kafka use the machine's. */
@Configuration(proxyBeanMethods = false)
class TimeConfiguration {

  @Bean
  InstantSource instantSource() {
    return InstantSource.system();
  }
}
