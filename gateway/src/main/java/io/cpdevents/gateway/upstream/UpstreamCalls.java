package io.cpdevents.gateway.upstream;

import io.cpdevents.gateway.GatewaySettings;
import io.cpdevents.gateway.problem.Refusal;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Surrounds every call to a service with a bulkhead and a circuit breaker, in the thread of the
 * request. A failure becomes a refusal.
 *
 * <p>The breakers are its own and not those of platform, which the gateway does not depend on: that
 * one configures a database, an outbox and listeners in whatever uses it. Besides, what counts as a
 * failure differs here, since the answer is passed on as it is.
 */
@Component
public class UpstreamCalls {

  private static final Logger log = LoggerFactory.getLogger(UpstreamCalls.class);

  /**
   * What a call is for. Each kind has places of its own at each service, so that no kind keeps
   * another out.
   */
  public enum Place {
    /** Nearly all calls. */
    CALL("call", 256),
    /** Session tokens: without them nobody who is logged in is served. */
    TOKEN_EXCHANGE("token-exchange", 256),
    /** Calls that ask the service to wait, and so hold their place for seconds. */
    LONG_POLL("long-poll", 128);

    private final String label;
    private final int maxConcurrentCalls;

    Place(String label, int maxConcurrentCalls) {
      this.label = label;
      this.maxConcurrentCalls = maxConcurrentCalls;
    }

    /** There is no queue: a call beyond this number is refused. */
    int maxConcurrentCalls() {
      return maxConcurrentCalls;
    }

    /** The most calls that one service may be asked at a time. */
    static int all() {
      return Arrays.stream(values()).mapToInt(Place::maxConcurrentCalls).sum();
    }
  }

  /**
   * A service's 503 has this header when somebody else is away, for example Stripe, and the service
   * is well. Callers are not told by it.
   */
  public static final String SOMEBODY_ELSES_OUTAGE = "X-Cpd-Unavailable";

  private static final int BREAKER_WINDOW_CALLS = 50;
  private static final int MIN_BREAKER_CALLS = 20;
  private static final float BREAKER_FAILURES_PERCENT = 50;
  private static final Duration BREAKER_OPEN_TIME = Duration.ofSeconds(2);
  private static final int BREAKER_TRIAL_CALLS = 5;

  /** After how many seconds a refused call may be tried again. */
  public static final long RETRY_AFTER_SECONDS = BREAKER_OPEN_TIME.toSeconds();

  private static final CircuitBreakerConfig BREAKER =
      CircuitBreakerConfig.custom()
          .slidingWindowSize(BREAKER_WINDOW_CALLS)
          .minimumNumberOfCalls(MIN_BREAKER_CALLS)
          .failureRateThreshold(BREAKER_FAILURES_PERCENT)
          .waitDurationInOpenState(BREAKER_OPEN_TIME)
          .permittedNumberOfCallsInHalfOpenState(BREAKER_TRIAL_CALLS)
          .recordResult(UpstreamCalls::isOutage)
          .ignoreException(UpstreamCalls::isNotTheServicesFault)
          .writableStackTraceEnabled(false)
          .build();

  private record Service(
      String base,
      Map<Place, Bulkhead> bulkheads,
      CircuitBreaker breaker,
      CircuitBreaker exchangeBreaker) {}

  private final Map<Upstream, Service> services = new EnumMap<>(Upstream.class);

  /**
   * For each service a bulkhead for each kind of call, and a breaker; exchanges of tokens have one
   * of their own, so that whatever else a service answers badly logs nobody out.
   */
  public UpstreamCalls(GatewaySettings settings, MeterRegistry meters) {
    for (Upstream upstream : Upstream.values()) {
      String name = upstream.serviceName();
      URI url = settings.services().get(name);
      if (url == null) {
        throw new IllegalArgumentException("no URL is set for service " + name);
      }
      services.put(
          upstream,
          new Service(
              GatewaySettings.originOf(url),
              bulkheads(name, meters),
              breaker(name, Place.CALL, meters),
              breaker(name, Place.TOKEN_EXCHANGE, meters)));
    }
  }

  private static CircuitBreaker breaker(String service, Place place, MeterRegistry meters) {
    CircuitBreaker breaker = CircuitBreaker.of(service + "-" + place.label, BREAKER);
    Gauge.builder("cpd.gateway.breaker.open", breaker, UpstreamCalls::isOpen)
        .tag("service", service)
        .tag("place", place.label)
        .description("1 while calls to the service are refused without trying")
        .register(meters);
    return breaker;
  }

  private static Map<Place, Bulkhead> bulkheads(String service, MeterRegistry meters) {
    Map<Place, Bulkhead> bulkheads = new EnumMap<>(Place.class);
    for (Place place : Place.values()) {
      Bulkhead bulkhead =
          Bulkhead.of(
              service + "-" + place.label,
              BulkheadConfig.custom()
                  .maxConcurrentCalls(place.maxConcurrentCalls)
                  .maxWaitDuration(Duration.ZERO)
                  .writableStackTraceEnabled(false)
                  .build());
      Counter refused =
          Counter.builder("cpd.gateway.calls.refused")
              .tag("service", service)
              .tag("place", place.label)
              .description("Calls that were refused because as many were under way as may be")
              .register(meters);
      bulkhead.getEventPublisher().onCallRejected(_ -> refused.increment());
      bulkheads.put(place, bulkhead);
    }
    return bulkheads;
  }

  private static double isOpen(CircuitBreaker breaker) {
    return breaker.getState() == CircuitBreaker.State.CLOSED ? 0 : 1;
  }

  /** The service's own address, which callers never see. */
  public String baseOf(Upstream upstream) {
    return service(upstream).base();
  }

  /**
   * Makes a call, which ends when the answer's status and headers have arrived.
   *
   * @param place of which kind the call is
   * @param repeatable whether the request changes nothing, so that it may be sent once more when it
   *     was sent and nothing came back; what found no connection may be in any case
   * @throws Refusal 503 {@code service-unavailable} or 504 {@code upstream-timeout}, or a refusal
   *     by the call itself
   */
  public <T> T call(Upstream upstream, Place place, boolean repeatable, Supplier<T> call) {
    Service service = service(upstream);
    try {
      return bulkhead(service, place)
          .executeSupplier(
              () -> breaker(service, place).executeSupplier(() -> send(repeatable, call)));
    } catch (BulkheadFullException e) {
      throw Refusal.overloaded(RETRY_AFTER_SECONDS);
    } catch (CallNotPermittedException e) {
      throw Refusal.serviceUnavailable(RETRY_AFTER_SECONDS);
    } catch (ResourceAccessException e) {
      log.warn("Call to {} failed: {}", upstream.serviceName(), String.valueOf(e.getCause()));
      throw e.getCause() instanceof SocketTimeoutException && !wasNotSent(e)
          ? Refusal.upstreamTimeout()
          : Refusal.serviceUnavailable(RETRY_AFTER_SECONDS);
    }
  }

  private static CircuitBreaker breaker(Service service, Place place) {
    return place == Place.TOKEN_EXCHANGE ? service.exchangeBreaker() : service.breaker();
  }

  private static Bulkhead bulkhead(Service service, Place place) {
    return Objects.requireNonNull(service.bulkheads().get(place));
  }

  private static <T> T send(boolean repeatable, Supplier<T> call) {
    try {
      return call.get();
    } catch (ResourceAccessException e) {
      // An instance that has just ended; the next connection is another one's.
      if (wasNotSent(e) || (repeatable && hadNoAnswer(e))) {
        return call.get();
      }
      throw e;
    }
  }

  /** Nobody can have acted on it. */
  private static boolean wasNotSent(ResourceAccessException failure) {
    return failure.getCause() instanceof ConnectTimeoutException
        || failure.getCause() instanceof HttpHostConnectException;
  }

  private static boolean hadNoAnswer(ResourceAccessException failure) {
    return failure.getCause() instanceof NoHttpResponseException;
  }

  /**
   * A 500 does not count, nor does a 503 that says that somebody else is away: one caller's
   * requests could provoke either and so open the breaker for all.
   */
  private static boolean isOutage(Object answer) {
    return answer instanceof ServerResponse forwarded
        ? isOutage(forwarded.statusCode(), forwarded.headers())
        : answer instanceof ResponseEntity<?> read
            && isOutage(read.getStatusCode(), read.getHeaders());
  }

  private static boolean isOutage(HttpStatusCode status, HttpHeaders headers) {
    return switch (status.value()) {
      case 502, 504 -> true;
      case 503 -> headers.getFirst(SOMEBODY_ELSES_OUTAGE) == null;
      default -> false;
    };
  }

  /** The caller's fault, or no free connection in the gateway's own pool. */
  private static boolean isNotTheServicesFault(Throwable failure) {
    return failure instanceof Refusal
        || failure.getCause() instanceof ConnectionRequestTimeoutException;
  }

  private Service service(Upstream upstream) {
    Service service = services.get(upstream);
    if (service == null) {
      throw new IllegalStateException("not configured: " + upstream);
    }
    return service;
  }
}
