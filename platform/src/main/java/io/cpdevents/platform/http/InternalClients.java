package io.cpdevents.platform.http;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
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
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/**
 * Creates clients for calls from one service to another, with the internal token, timeouts, trace
 * headers and a circuit breaker, which counts outages (5xx or no answer) and not refusals (4xx).
 */
public final class InternalClients {

  private static final Duration MAX_CONNECT_TIME = Duration.ofSeconds(1);
  private static final Duration MAX_READ_TIME = Duration.ofSeconds(5);
  private static final int MAX_CONCURRENT_CALLS = 64;

  /** Shorter than that of the services, so that no connection is used that they close. */
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(10);

  private static final Duration VALIDATE_AFTER_IDLE = Duration.ofSeconds(1);

  private static final int MIN_BREAKER_CALLS = 10;
  private static final Duration BREAKER_OPEN = Duration.ofSeconds(2);

  private final RestClient.Builder builder;
  private final String internalToken;
  private final CircuitBreakerRegistry breakers;

  /**
   * Clients with a common token.
   *
   * @param builder the application's, which propagates traces
   */
  public InternalClients(
      RestClient.Builder builder, String internalToken, CircuitBreakerRegistry breakers) {
    this.builder = builder;
    this.internalToken = internalToken;
    this.breakers = breakers;
  }

  /**
   * A client for one service.
   *
   * @param service its short name, which is also part of the breaker's name
   * @param url its base URL
   */
  public RestClient to(String service, String url) {
    CircuitBreaker breaker =
        breakers.circuitBreaker(
            "internal-" + service,
            CircuitBreakerConfig.custom()
                .minimumNumberOfCalls(MIN_BREAKER_CALLS)
                .waitDurationInOpenState(BREAKER_OPEN)
                .build());
    return builder
        .clone()
        .baseUrl(url)
        .requestFactory(new HttpComponentsClientHttpRequestFactory(pooled()))
        .defaultHeader(HttpHeaders.AUTHORIZATION, "Bearer " + internalToken)
        .requestInterceptor(
            (request, body, execution) -> guarded(breaker, request, body, execution))
        .build();
  }

  /** A blocking client that does nothing by itself: no retries, redirects or cookies. */
  private static CloseableHttpClient pooled() {
    return HttpClients.custom()
        .setConnectionManager(
            PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnPerRoute(MAX_CONCURRENT_CALLS)
                .setMaxConnTotal(MAX_CONCURRENT_CALLS)
                .setDefaultConnectionConfig(
                    ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(MAX_CONNECT_TIME))
                        .setSocketTimeout(Timeout.of(MAX_READ_TIME))
                        .setIdleTimeout(Timeout.of(KEEP_ALIVE))
                        .setValidateAfterInactivity(TimeValue.of(VALIDATE_AFTER_IDLE))
                        .build())
                .build())
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setConnectionRequestTimeout(Timeout.of(MAX_CONNECT_TIME))
                .setResponseTimeout(Timeout.of(MAX_READ_TIME))
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
