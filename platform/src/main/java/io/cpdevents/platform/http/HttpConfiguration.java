package io.cpdevents.platform.http;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.web.client.RestClient;

/** Configures calls between services. */
@AutoConfiguration(
    afterName = {
      "org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration",
      "io.github.resilience4j.springboot.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration"
    })
public class HttpConfiguration {

  @Bean
  @ConditionalOnBean(CircuitBreakerRegistry.class)
  InternalClients internalClients(
      RestClient.Builder builder, Environment environment, CircuitBreakerRegistry breakers) {
    return new InternalClients(
        builder, environment.getProperty("cpd.security.internal-token", ""), breakers);
  }
}
