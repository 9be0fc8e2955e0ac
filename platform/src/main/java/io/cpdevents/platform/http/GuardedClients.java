package io.cpdevents.platform.http;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/**
 * What all clients have: timeouts, a pool of connections, and a circuit breaker, which counts
 * outages (5xx or no answer) and not refusals (4xx).
 */
final class GuardedClients {

  private static final Duration MAX_CONNECT_TIME = Duration.ofSeconds(1);
  private static final int MAX_CONCURRENT_CALLS = 64;

  /**
   * Shorter than that of the services (30 s) and than their {@code CPD_DRAIN_TIME}, so that no
   * connection is used that they close: one that is used while they drain, they end themselves.
   */
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(4);

  private static final Duration VALIDATE_AFTER_IDLE = Duration.ofSeconds(1);

  private GuardedClients() {}

  /** A client like the builder's, guarded. */
  static RestClient.Builder guarded(
      RestClient.Builder builder, CircuitBreaker breaker, Duration maxReadTime) {
    return builder
        .clone()
        .requestFactory(new HttpComponentsClientHttpRequestFactory(pooled(maxReadTime)))
        .requestInterceptor(
            (request, body, execution) -> guarded(breaker, request, body, execution));
  }

  /** A blocking client that does nothing by itself: no retries, redirects or cookies. */
  private static CloseableHttpClient pooled(Duration maxReadTime) {
    return HttpClients.custom()
        .setConnectionManager(
            PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnPerRoute(MAX_CONCURRENT_CALLS)
                .setMaxConnTotal(MAX_CONCURRENT_CALLS)
                .setDefaultConnectionConfig(
                    ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(MAX_CONNECT_TIME))
                        .setSocketTimeout(Timeout.of(maxReadTime))
                        .setIdleTimeout(Timeout.of(KEEP_ALIVE))
                        .setValidateAfterInactivity(TimeValue.of(VALIDATE_AFTER_IDLE))
                        .build())
                .build())
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setConnectionRequestTimeout(Timeout.of(MAX_CONNECT_TIME))
                .setResponseTimeout(Timeout.of(maxReadTime))
                .setDefaultKeepAlive(KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS)
                .setProtocolUpgradeEnabled(false)
                .build())
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableContentCompression()
        .build();
  }

  private static ClientHttpResponse guarded(
      CircuitBreaker breaker,
      HttpRequest request,
      byte[] body,
      ClientHttpRequestExecution execution)
      throws IOException {
    breaker.acquirePermission();
    long startedNanos = System.nanoTime();
    try {
      ClientHttpResponse response = execution.execute(request, body);
      if (response.getStatusCode().is5xxServerError()) {
        breaker.onError(
            System.nanoTime() - startedNanos,
            TimeUnit.NANOSECONDS,
            new IOException("status " + response.getStatusCode().value()));
      } else {
        breaker.onSuccess(System.nanoTime() - startedNanos, TimeUnit.NANOSECONDS);
      }
      return response;
    } catch (IOException | RuntimeException failure) {
      breaker.onError(System.nanoTime() - startedNanos, TimeUnit.NANOSECONDS, failure);
      throw failure;
    }
  }
}
