package io.cpdevents.gateway.sessions;

import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The gateway has no business time: tokens and Kafka live on the machine's own. */
@Configuration(proxyBeanMethods = false)
class SystemTime {

  @Bean
  InstantSource instantSource() {
    return InstantSource.system();
  }
}
