package io.cpdevents.platform.http;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.net.URI;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.web.client.RestClient;

<<<<<<< HEAD
/** Configures calls between services. */
=======
/** Calls between services, and where people find the web pages. */
>>>>>>> edee256 (Queue the mails of money that goes back, with calendar files, QR codes and French)
@AutoConfiguration(
    afterName = {
      "org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration",
      "io.github.resilience4j.springboot.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration"
    })
public class HttpConfiguration {

  @Bean
  WebUrl webUrl(@Value("${cpd.web-url}") URI base) {
    return new WebUrl(base);
  }

  @Bean
  @ConditionalOnBean(CircuitBreakerRegistry.class)
  InternalClients internalClients(
      RestClient.Builder builder, Environment environment, CircuitBreakerRegistry breakers) {
    return new InternalClients(
        builder, environment.getProperty("cpd.security.internal-token", ""), breakers);
  }
}
