package io.cpdevents.gateway.connections;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Predicate;
import org.apache.catalina.connector.Connector;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The connections of the public port, their bounds and their metrics. */
@Component
public final class Connections {

  /** Counts the callers that met a bound. */
  static final class Counters {

    private final Counter refused;
    private final Counter slowHeaders;
    private final Counter slowAnswers;

    Counters(MeterRegistry meters) {
      refused =
          Counter.builder("cpd.gateway.connections.refused")
              .description(
                  "Connections that were closed because their network has its share, or all are taken")
              .register(meters);
      slowHeaders = slowCallers("headers", meters);
      slowAnswers = slowCallers("answer", meters);
    }

    void connectionClosed() {
      refused.increment();
    }

    private static Counter slowCallers(String part, MeterRegistry meters) {
      return Counter.builder("cpd.gateway.slow.callers")
          .tag("part", part)
          .description("Requests that were given up because this part took too long to arrive")
          .register(meters);
    }

    void headersTooSlow() {
      slowHeaders.increment();
    }

    void answerTooSlow() {
      slowAnswers.increment();
    }
  }

  private final Counters counters;
  private final TrustedProxies proxies;
  private final Arrivals arrivals;
  private volatile @Nullable BoundedEndpoint endpoint;

  Connections(MeterRegistry meters, TrustedProxies proxies, Arrivals arrivals) {
    this.counters = new Counters(meters);
    this.proxies = proxies;
    this.arrivals = arrivals;
    Gauge.builder("cpd.gateway.connections", this, Connections::count)
        .description("Open connections of the public port")
        .register(meters);
  }

  /**
   * Bounds the connections of a port. Those of a proxy are its own, so that it is for the proxy to
   * bound how many each caller has; who comes past the proxies is bounded as without them.
   */
  public void bound(Connector connector) {
    if (connector.getProtocolHandler() instanceof BoundedProtocol protocol) {
      BoundedEndpoint bounded = protocol.endpoint();
      bounded.bound(proxies, arrivals, counters);
      endpoint = bounded;
    }
  }

  /**
   * Ends the request of one of these connections: of those that are kept waiting by their callers,
   * who send a body or take an answer, the slowest. False when none is.
   */
  boolean endSlowest(Predicate<String> which) {
    BoundedEndpoint bounded = endpoint;
    return bounded != null && bounded.endSlowest(which);
  }

  private double count() {
    BoundedEndpoint bounded = endpoint;
    return bounded == null ? 0 : bounded.getConnectionCount();
  }

  /** Whether somebody has lately had to wait to be accepted. */
  public boolean keepCallersWaiting() {
    BoundedEndpoint bounded = endpoint;
    return bounded != null && bounded.keepsCallersWaiting();
  }
}
