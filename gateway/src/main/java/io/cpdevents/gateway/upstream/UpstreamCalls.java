package io.cpdevents.gateway.upstream;

import io.cpdevents.gateway.GatewaySettings;
import io.cpdevents.gateway.problem.Refusal;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Calls to the services: one connection pool, and per service a most number of calls at a time, a
 * breaker and a time limit. A failure becomes a refusal.
 */
@Component
public class UpstreamCalls {

  private static final Logger log = LoggerFactory.getLogger(UpstreamCalls.class);

  /** The bulkhead: a slow service can hold this many calls, not all of them. */
  private static final int CALLS_AT_ONCE_PER_SERVICE = 512;

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(1);
  private static final Duration WAIT_FOR_CONNECTION_LIMIT = Duration.ofSeconds(1);

  /** Shorter than the services keep theirs (20 s), so that none is used that they are closing. */
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(10);

  private static final Duration CHECK_AFTER_IDLE = Duration.ofSeconds(1);

  private static final int BREAKER_WINDOW_CALLS = 50;
  private static final int BREAKER_FEWEST_CALLS = 20;
  private static final float BREAKER_FAILURES_PERCENT = 50;
  private static final Duration BREAKER_OPEN = Duration.ofSeconds(2);
  private static final int BREAKER_PROBES = 5;

  /** When a refused call may be tried again. */
  public static final long RETRY_AFTER_SECONDS = BREAKER_OPEN.toSeconds();

  private final CloseableHttpClient client;
  private final Map<Upstream, HttpHost> hosts = new EnumMap<>(Upstream.class);
  private final Map<Upstream, String> bases = new EnumMap<>(Upstream.class);
  private final Map<Upstream, CircuitBreaker> breakers = new EnumMap<>(Upstream.class);
  private final Map<Patience, RequestConfig> limits = new EnumMap<>(Patience.class);

  /** Connects to nothing yet. */
  public UpstreamCalls(GatewaySettings settings, MeterRegistry meters) {
    CircuitBreakerConfig config =
        CircuitBreakerConfig.custom()
            .slidingWindowSize(BREAKER_WINDOW_CALLS)
            .minimumNumberOfCalls(BREAKER_FEWEST_CALLS)
            .failureRateThreshold(BREAKER_FAILURES_PERCENT)
            .waitDurationInOpenState(BREAKER_OPEN)
            .permittedNumberOfCallsInHalfOpenState(BREAKER_PROBES)
            .writableStackTraceEnabled(false)
            .build();
    for (Upstream upstream : Upstream.values()) {
      URI base = settings.services().get(upstream.serviceName());
      if (base == null) {
        throw new IllegalArgumentException("no URL is set for service " + upstream.serviceName());
      }
      hosts.put(upstream, new HttpHost(base.getScheme(), base.getHost(), base.getPort()));
      bases.put(upstream, GatewaySettings.originOf(base));
      CircuitBreaker breaker = CircuitBreaker.of(upstream.serviceName(), config);
      breakers.put(upstream, breaker);
      Gauge.builder("cpd.gateway.breaker.open", breaker, UpstreamCalls::isOpen)
          .tag("service", upstream.serviceName())
          .description("1 while calls to the service are refused at once")
          .register(meters);
    }
    for (Patience patience : Patience.values()) {
      limits.put(patience, config(patience.limit()));
    }
    client = pooled();
  }

  private static double isOpen(CircuitBreaker breaker) {
    return breaker.getState() == CircuitBreaker.State.CLOSED ? 0 : 1;
  }

  private static RequestConfig config(Duration limit) {
    return RequestConfig.custom()
        .setConnectionRequestTimeout(Timeout.of(WAIT_FOR_CONNECTION_LIMIT))
        .setResponseTimeout(Timeout.of(limit))
        .setDefaultKeepAlive(KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS)
        .setProtocolUpgradeEnabled(false)
        .setContentCompressionEnabled(false)
        .build();
  }

  private static CloseableHttpClient pooled() {
    return HttpClients.custom()
        .setConnectionManager(
            PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnPerRoute(CALLS_AT_ONCE_PER_SERVICE)
                .setMaxConnTotal(CALLS_AT_ONCE_PER_SERVICE * Upstream.values().length)
                .setDefaultSocketConfig(SocketConfig.custom().setTcpNoDelay(true).build())
                .setDefaultConnectionConfig(
                    ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(CONNECT_LIMIT))
                        .setIdleTimeout(Timeout.of(KEEP_ALIVE))
                        .setValidateAfterInactivity(TimeValue.of(CHECK_AFTER_IDLE))
                        .build())
                .build())
        // Nothing is repeated, followed, unpacked or remembered behind our back.
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableContentCompression()
        .disableConnectionState()
        .disableDefaultUserAgent()
        .build();
  }

  /** Where the service really is; never shown to callers. */
  public String baseOf(Upstream upstream) {
    return bases.getOrDefault(upstream, "");
  }

  /**
   * Sends a request and answers as soon as the answer's head is there.
   *
   * @param repeatable the request has no body and changes nothing: it is sent once more when no
   *     service took it
   * @throws Refusal 503 {@code service-unavailable} or 504 {@code upstream-timeout}
   * @throws BodyRefused when the caller's body could not be sent to its end
   */
  public UpstreamAnswer send(
      Upstream upstream, ClassicHttpRequest request, Patience patience, boolean repeatable)
      throws BodyRefused {
    CircuitBreaker breaker = of(breakers, upstream);
    if (!breaker.tryAcquirePermission()) {
      throw Refusal.serviceUnavailable(RETRY_AFTER_SECONDS);
    }
    long begun = breaker.getCurrentTimestamp();
    UpstreamAnswer answer;
    try {
      answer = exchange(upstream, request, patience, repeatable);
    } catch (Refusal | BodyRefused e) {
      // The caller's fault or a full house of ours: it tells nothing about the service.
      breaker.releasePermission();
      throw e;
    } catch (IOException e) {
      breaker.onError(breaker.getCurrentTimestamp() - begun, breaker.getTimestampUnit(), e);
      throw refusalFor(upstream, e);
    } catch (HttpException e) {
      breaker.onError(breaker.getCurrentTimestamp() - begun, breaker.getTimestampUnit(), e);
      throw refusalFor(upstream, new IOException(e));
    }
    long took = breaker.getCurrentTimestamp() - begun;
    if (isServiceAway(answer.status())) {
      breaker.onError(took, breaker.getTimestampUnit(), new IOException("status"));
    } else {
      breaker.onSuccess(took, breaker.getTimestampUnit());
    }
    return answer;
  }

  /** Not 500: one caller's input could provoke it and shut the door for all. */
  private static boolean isServiceAway(int status) {
    return status == 502 || status == 503 || status == 504;
  }

  private UpstreamAnswer exchange(
      Upstream upstream, ClassicHttpRequest request, Patience patience, boolean repeatable)
      throws IOException, HttpException {
    try {
      return open(upstream, request, patience);
    } catch (ConnectionRequestTimeoutException e) {
      throw Refusal.serviceUnavailable(RETRY_AFTER_SECONDS);
    } catch (ConnectTimeoutException | HttpHostConnectException | NoHttpResponseException e) {
      if (!repeatable) {
        throw e;
      }
      return open(upstream, request, patience);
    }
  }

  private UpstreamAnswer open(Upstream upstream, ClassicHttpRequest request, Patience patience)
      throws IOException {
    HttpClientContext context = HttpClientContext.create();
    context.setRequestConfig(of(limits, patience));
    return new UpstreamAnswer(client.executeOpen(of(hosts, upstream), request, context));
  }

  private static <K extends Enum<K>, V> V of(Map<K, V> complete, K key) {
    V value = complete.get(key);
    if (value == null) {
      throw new IllegalStateException("nothing is set for " + key);
    }
    return value;
  }

  private static Refusal refusalFor(Upstream upstream, IOException failure) {
    log.warn("Call to {} failed: {}", upstream.serviceName(), failure.toString());
    boolean connected = !(failure instanceof ConnectTimeoutException);
    return connected && failure instanceof SocketTimeoutException
        ? Refusal.upstreamTimeout()
        : Refusal.serviceUnavailable(RETRY_AFTER_SECONDS);
  }

  @PreDestroy
  void close() throws IOException {
    client.close();
  }
}
