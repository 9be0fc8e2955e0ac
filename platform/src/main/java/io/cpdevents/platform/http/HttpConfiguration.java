package io.cpdevents.platform.http;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.net.URI;
import java.util.Arrays;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.web.client.RestClient;

/**
 * Configures calls between services, where people open the web pages, and where they are sent back
 * to.
 */
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

  /** The settings name front ends on other hosts, with commas between them. */
  @Bean
  ReturnAddresses returnAddresses(
      @Value("${cpd.public-url}") String publicUrl,
      @Value("${cpd.web-url}") String webUrl,
      @Value("${cpd.return-origins}") String otherOrigins) {
    return new ReturnAddresses(
        Stream.concat(Stream.of(publicUrl, webUrl), Arrays.stream(otherOrigins.split(",")))
            .toList());
  }

  @Bean
  @ConditionalOnBean(CircuitBreakerRegistry.class)
  InternalClients internalClients(
      RestClient.Builder builder, Environment environment, CircuitBreakerRegistry breakers) {
    return new InternalClients(
        builder, environment.getProperty("cpd.security.internal-token", ""), breakers);
  }

  @Bean
  @ConditionalOnBean(CircuitBreakerRegistry.class)
  ExternalClients externalClients(RestClient.Builder builder, CircuitBreakerRegistry breakers) {
    return new ExternalClients(builder, breakers);
  }
}
