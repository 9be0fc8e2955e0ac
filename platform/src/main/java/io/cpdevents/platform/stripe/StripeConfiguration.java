package io.cpdevents.platform.stripe;

import com.stripe.Stripe;
import com.stripe.StripeClient;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import java.time.Duration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The one client of Stripe's library, its limits and whose key it has, in services with a key. */
@AutoConfiguration(
    afterName = {
      "org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration",
      "io.github.resilience4j.springboot.bulkhead.autoconfigure.BulkheadAutoConfiguration",
      "io.github.resilience4j.springboot.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration",
      "io.github.resilience4j.springboot.ratelimiter.autoconfigure.RateLimiterAutoConfiguration"
    })
@ConditionalOnClass(StripeClient.class)
@ConditionalOnProperty("cpd.stripe.api-key")
@EnableConfigurationProperties(StripeSettings.class)
public class StripeConfiguration {

  private static final Duration MAX_CONNECT_TIME = Duration.ofSeconds(2);
  private static final Duration MAX_READ_TIME = Duration.ofSeconds(20);

  /** The one layer that retries; its retries carry the same idempotency key. */
  private static final int MAX_NETWORK_RETRIES = 2;

  @Bean
  StripeClient stripeClient(StripeSettings settings) {
    Stripe.enableTelemetry = false;
    return StripeClient.builder()
        .setApiKey(settings.apiKey())
        .setApiBase(settings.apiBase())
        .setFilesBase(settings.filesBase())
        .setConnectTimeout((int) MAX_CONNECT_TIME.toMillis())
        .setReadTimeout((int) MAX_READ_TIME.toMillis())
        .setMaxNetworkRetries(MAX_NETWORK_RETRIES)
        .build();
  }

  @Bean
  StripePlatform stripePlatform(StripeClient client, StripeSettings settings, JdbcClient jdbc) {
    return new StripePlatform(client, settings, jdbc);
  }

  @Bean
  StripeCalls stripeCalls(
      BulkheadRegistry bulkheads,
      CircuitBreakerRegistry breakers,
      RateLimiterRegistry rateLimiters,
      StripeSettings settings) {
    return new StripeCalls(bulkheads, breakers, rateLimiters, settings);
  }
}
