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
 * Clients for calls from one service to another: internal token, time-outs, trace headers and a
 * breaker that opens when the other side is away (5xx or no answer), not when it refuses (4xx).
 */
public final class InternalClients {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(5);
  private static final int MAX_CONCURRENT_CALLS = 64;

  /** Shorter than the services keep theirs, so that none is used that they are closing. */
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(10);

  private static final Duration CHECK_AFTER_IDLE = Duration.ofSeconds(1);

  private static final int MIN_BREAKER_CALLS = 10;
  private static final Duration BREAKER_OPEN = Duration.ofSeconds(2);

  private final RestClient.Builder builder;
  private final String internalToken;
  private final CircuitBreakerRegistry breakers;

  /**
   * Clients that share a token.
   *
   * @param builder the application's, so that traces go on
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
   * @param service its short name: also the name of the breaker
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

  /** Blocking, on the caller's virtual thread; nothing is repeated or followed behind our back. */
  private static CloseableHttpClient pooled() {
    return HttpClients.custom()
        .setConnectionManager(
            PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnPerRoute(MAX_CONCURRENT_CALLS)
                .setMaxConnTotal(MAX_CONCURRENT_CALLS)
                .setDefaultConnectionConfig(
                    ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(CONNECT_TIMEOUT))
                        .setSocketTimeout(Timeout.of(READ_TIMEOUT))
                        .setIdleTimeout(Timeout.of(KEEP_ALIVE))
                        .setValidateAfterInactivity(TimeValue.of(CHECK_AFTER_IDLE))
                        .build())
                .build())
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setConnectionRequestTimeout(Timeout.of(CONNECT_TIMEOUT))
                .setResponseTimeout(Timeout.of(READ_TIMEOUT))
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
