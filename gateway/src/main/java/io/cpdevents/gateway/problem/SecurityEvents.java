package io.cpdevents.gateway.problem;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Makes the gateway's own refusals seen that an attacker would cause: sessions that do not exist,
 * foreign origins, requests in an unusual form. Each is counted, and logged without what the caller
 * sent; of a flood only the first lines of each second are. Services do the same for theirs; the
 * gateway does not depend on platform, so this is its own.
 */
@Component
public class SecurityEvents {

  /** The logger by which they are found, as in services. */
  private static final Logger log = LoggerFactory.getLogger("io.cpdevents.security");

  private static final String UNUSUAL_REQUEST = "unusual-request";
  private static final int MAX_LINES_PER_SECOND = 20;

  private final MeterRegistry meters;
  private final AtomicLong second = new AtomicLong();
  private final AtomicInteger linesOfSecond = new AtomicInteger();

  SecurityEvents(MeterRegistry meters) {
    this.meters = meters;
    // There before anything happens, so that the first one is an increase.
    counter(UNUSUAL_REQUEST);
    counter(Refusal.sessionInvalid().code());
    counter(Refusal.originRefused().code());
  }

  /** Tells of a refusal, if that is of interest for security. */
  public void refused(Refusal refusal, HttpServletRequest request) {
    if (refusal.status() == HttpServletResponse.SC_UNAUTHORIZED
        || refusal.status() == HttpServletResponse.SC_FORBIDDEN) {
      tell(refusal.code(), request);
    }
  }

  /** Tells of a request in a form by which programs are played off against each other. */
  public void unusual(HttpServletRequest request) {
    tell(UNUSUAL_REQUEST, request);
  }

  private void tell(String code, HttpServletRequest request) {
    counter(code).increment();
    if (mayLog()) {
      log.atWarn()
          .addKeyValue("event", "refused")
          .addKeyValue("code", code)
          .addKeyValue("method", String.valueOf(request.getMethod()).replaceAll("[^A-Z]", "?"))
          .addKeyValue("address", request.getRemoteAddr())
          .log("A request is refused: {}", code);
    }
  }

  private Counter counter(String code) {
    return Counter.builder("cpd.security.refusals")
        .tag("code", code)
        .description("Requests that were refused for reasons of security")
        .register(meters);
  }

  private boolean mayLog() {
    long now = System.nanoTime() / 1_000_000_000L;
    if (second.getAndSet(now) != now) {
      linesOfSecond.set(0);
    }
    return linesOfSecond.incrementAndGet() <= MAX_LINES_PER_SECOND;
  }
}
