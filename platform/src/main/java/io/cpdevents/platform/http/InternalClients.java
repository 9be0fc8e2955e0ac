package io.cpdevents.platform.http;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.web.client.RestClient;

/**
 * Creates clients for calls from one service to another, with the internal token, timeouts, trace
 * headers and a circuit breaker, which counts outages (5xx or no answer) and not refusals (4xx).
 */
public final class InternalClients {

  private static final Duration MAX_READ_TIME = Duration.ofSeconds(5);
  private static final int MIN_BREAKER_CALLS = 10;
  private static final Duration BREAKER_OPEN_TIME = Duration.ofSeconds(2);

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
                .waitDurationInOpenState(BREAKER_OPEN_TIME)
                .build());
    return GuardedClients.guarded(builder, breaker, MAX_READ_TIME)
        .baseUrl(url)
        .defaultHeader(HttpHeaders.AUTHORIZATION, "Bearer " + internalToken)
        .build();
  }
}
