package io.cpdevents.gateway.upstream;

import java.time.Duration;
import org.springframework.web.servlet.function.ServerRequest;

/** How long a service may take. */
public enum Patience {
  /** Nearly everything. */
  ORDINARY(Duration.ofSeconds(10)),
  /** {@code GET /payments?waitSeconds=10} waits by design; checkout waits for Stripe. */
  LONG(Duration.ofSeconds(15));

  private final Duration limit;

  private static final String ATTRIBUTE = Patience.class.getName();

  Patience(Duration limit) {
    this.limit = limit;
  }

  /** Lets this request wait so long. */
  public void grantTo(ServerRequest request) {
    request.attributes().put(ATTRIBUTE, this);
  }

  static Patience of(ServerRequest request) {
    return request.attribute(ATTRIBUTE).map(Patience.class::cast).orElse(ORDINARY);
  }

  /** Until the first byte of the answer, and between any two bytes of it. */
  public Duration limit() {
    return limit;
  }
}
