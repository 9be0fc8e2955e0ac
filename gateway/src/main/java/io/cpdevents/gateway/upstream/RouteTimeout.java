package io.cpdevents.gateway.upstream;

import java.time.Duration;
import org.springframework.web.servlet.function.ServerRequest;

/** How long a service may take to answer. */
public enum RouteTimeout {
  /** For nearly all routes. */
  DEFAULT(Duration.ofSeconds(10)),
  /**
   * For routes that wait: {@code GET /payments?waitSeconds=10} for a payment, checkout for Stripe.
   */
  LONG(Duration.ofSeconds(15));

  private final Duration duration;

  private static final String ATTRIBUTE = RouteTimeout.class.getName();

  RouteTimeout(Duration duration) {
    this.duration = duration;
  }

  /** Sets the timeout of this request. */
  public void applyTo(ServerRequest request) {
    request.attributes().put(ATTRIBUTE, this);
  }

  static RouteTimeout of(ServerRequest request) {
    return request.attribute(ATTRIBUTE).map(RouteTimeout.class::cast).orElse(DEFAULT);
  }

  /** The longest time until the first byte of the answer, and between any two bytes of it. */
  public Duration duration() {
    return duration;
  }
}
