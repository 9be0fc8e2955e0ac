package io.cpdevents.billing.stripe;

import com.stripe.Stripe;
import com.stripe.StripeClient;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The one client of Stripe's library. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StripeSettings.class)
class StripeConfiguration {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(20);

  /** The one layer that retries; its retries carry the same idempotency key. */
  private static final int MAX_NETWORK_RETRIES = 2;

  @Bean
  StripeClient stripeClient(StripeSettings settings) {
    Stripe.enableTelemetry = false;
    return StripeClient.builder()
        .setApiKey(settings.apiKey())
        .setApiBase(settings.apiBase())
        .setFilesBase(settings.filesBase())
        .setConnectTimeout((int) CONNECT_TIMEOUT.toMillis())
        .setReadTimeout((int) READ_TIMEOUT.toMillis())
        .setMaxNetworkRetries(MAX_NETWORK_RETRIES)
        .build();
  }
}
