package io.cpdevents.platform.http;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.net.URI;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.web.client.RestClient;

/** Configures calls between services, and where people open the web pages. */
@AutoConfiguration(
    afterName = {
      "org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration",
      "io.github.resilience4j.springboot.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration"
    })
public class HttpConfiguration {

  /** Without a web app the gateway serves pages of its own at the same paths. */
  @Bean
  WebUrl webUrl(@Value("${cpd.web-url}") String webUrl, @Value("${cpd.public-url}") URI publicUrl) {
    return new WebUrl(webUrl.isBlank() ? publicUrl : URI.create(webUrl.strip()));
  }

  @Bean
  @ConditionalOnBean(CircuitBreakerRegistry.class)
  InternalClients internalClients(
      RestClient.Builder builder, Environment environment, CircuitBreakerRegistry breakers) {
    return new InternalClients(
        builder, environment.getProperty("cpd.security.internal-token", ""), breakers);
  }
}
