package io.cpdevents.platform.http;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Duration;
import org.springframework.web.client.RestClient;

/**
 * Creates clients for other people's APIs, with timeouts and a circuit breaker. They do not retry,
 * follow redirects or keep cookies, and carry none of our secrets.
 */
public final class ExternalClients {

  private static final Duration MAX_READ_TIME = Duration.ofSeconds(10);
  private static final int MIN_BREAKER_CALLS = 10;
  private static final Duration BREAKER_OPEN_TIME = Duration.ofSeconds(10);

  private final RestClient.Builder builder;
  private final CircuitBreakerRegistry breakers;

  ExternalClients(RestClient.Builder builder, CircuitBreakerRegistry breakers) {
    this.builder = builder;
    this.breakers = breakers;
  }

  /**
   * A client for one API.
   *
   * @param name the breaker's, also in metrics
   * @param url its base URL
   */
  public RestClient to(String name, String url) {
    CircuitBreaker breaker =
        breakers.circuitBreaker(
            name,
            CircuitBreakerConfig.custom()
                .minimumNumberOfCalls(MIN_BREAKER_CALLS)
                .waitDurationInOpenState(BREAKER_OPEN_TIME)
                .build());
    return GuardedClients.guarded(builder, breaker, MAX_READ_TIME).baseUrl(url).build();
  }
}
